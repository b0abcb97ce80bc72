import * as vscode from 'vscode';
import { testFileExists } from '../../app/testing/testFiles.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { testFileReferences, type TestFileReference } from '../../core/testing/testFileReferences.ts';
import { COMMANDS } from '../contributions.ts';
import { filesOf, testFileUri } from '../files/folderFiles.ts';
import type { PresetStore } from './presetStores.ts';

/** A file that a preset names, and what is wrong with it. */
export interface TestFileProblem {
  readonly reference: TestFileReference;
  readonly reason: Message;
  readonly isMissing: boolean;
}

/** Finds snapshots and files with cases that are missing, or outside of the folder. */
export async function findTestFileProblems(text: string, store: PresetStore): Promise<TestFileProblem[]> {
  const files = filesOf(store);
  if (files === undefined) return [];
  const found = await Promise.all(
    testFileReferences(text).map(async (reference): Promise<TestFileProblem[]> => {
      const { kind, path } = reference;
      try {
        if (await testFileExists(files, path)) return [];
        const reason = message(kind === 'cases' ? 'casesMissing' : 'snapshotMissing', path);
        return [{ reference, reason, isMissing: true }];
      } catch (error) {
        return isInvokeError(error) ? [{ reference, reason: error.reason, isMissing: false }] : [];
      }
    }),
  );
  return found.flat();
}

const NEW_CASES = '{ "name": "first" }\n';

/** The quick fix for a missing file. */
export function testFileFix({ kind, path, index }: TestFileReference, store: PresetStore): vscode.CodeAction {
  if (kind === 'snapshot') {
    const title = vscode.l10n.t('Accept as Expected');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command: COMMANDS.acceptAsExpected, arguments: [{ presetsFile: store.uri, index }] };
    return action;
  }
  const action = new vscode.CodeAction(vscode.l10n.t('Create {0}', path), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  const uri = testFileUri(store, path);
  if (uri !== undefined) {
    const contents = new TextEncoder().encode(NEW_CASES);
    action.edit.createFile(uri, { contents, ignoreIfExists: true });
  }
  return action;
}
