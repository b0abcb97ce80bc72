import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection.ts';
import { lastWithFile } from '../../core/history/historyEntry.ts';
import { EMPTY_DRAFT, toDraft, type Draft } from '../../core/invocation/draft.ts';
import { notify } from '../notify.ts';
import type { Answers } from '../presets/presetVariables.ts';
import { askGrowingChoice } from '../ui/askGrowingChoice.ts';
import { sentence } from '../ui/localize.ts';
import { findFileRows, type FileRow, type FileRowsDependencies } from './fileRows.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from './outcomeSnapshot.ts';
import { labelOf } from './payloadFiles.ts';
import type { RunFiles } from './runFiles.ts';
import type { Run } from './runner.ts';
import { describeOrder } from './runWithProgress.ts';

interface FileCommandDependencies extends FileRowsDependencies {
  readonly connection: () => Connection;
  readonly run: Run;
  readonly runFiles: RunFiles;
  readonly openDraft: (draft: Draft, connection?: Connection) => void;
}

function openInForm(uri: string, { history, openDraft }: FileCommandDependencies): void {
  const last = lastWithFile(history.entries(), uri);
  if (last === undefined) return openDraft({ ...EMPTY_DRAFT, payloadKind: 'file', payloadFile: uri });
  openDraft(toDraft({ ...last.invocation, payload: { kind: 'file', uri } }), last.connection);
}

/** Prompts for what to invoke with documents, and invokes it with each, one after another. */
export function createFileCommand(dependencies: FileCommandDependencies) {
  return async (uris: readonly vscode.Uri[]): Promise<OutcomeSnapshot | OutcomeSnapshot[] | undefined> => {
    const [first, ...more] = uris;
    if (first === undefined) return undefined;
    const isMany = more.length > 0;
    const keys = [first.toString(), ...more.map((uri) => uri.toString())] as const;
    const subject = isMany ? vscode.l10n.t('{0} files', uris.length) : labelOf(first);
    // Read once, so that all files use the same connection.
    const chosen = dependencies.connection();
    const picked = await askGrowingChoice<FileRow>({
      title: vscode.l10n.t('Invoke Lambda with {0}', subject),
      placeholder: isMany
        ? vscode.l10n.t('Select a function or preset to invoke once per file')
        : vscode.l10n.t('Select a function or preset to invoke'),
      find: (show) => findFileRows(keys, chosen, dependencies, show),
    });
    if (picked === 'none') {
      const text = vscode.l10n.t('No presets or workspace functions to invoke. Save a preset in the form first.');
      notify('information', text);
      return undefined;
    }
    if (picked === undefined) return undefined;
    if (picked.order === undefined) {
      openInForm(first.toString(), dependencies);
      return undefined;
    }
    const answers: Answers = new Map();
    const { order: orderFor } = picked;
    if (isMany) return dependencies.runFiles(uris, (uri) => orderFor(uri, answers));
    const order = await orderFor(first.toString(), answers);
    if (order === undefined) return undefined;
    const { invocation, connection } = order;
    const ended = await dependencies.run(
      { invocation, connection },
      vscode.l10n.t('Invoking {0}', describeOrder(order)),
    );
    return toOutcomeSnapshot(ended.result, sentence);
  };
}
