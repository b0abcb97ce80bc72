import * as vscode from 'vscode';
import { readCases } from '../../app/testing/listTests.ts';
import type { TestCase } from '../../core/testing/testCases.ts';
import { filesOf } from '../files/folderFiles.ts';
import { askChoice } from '../ui/ask.ts';
import type { PresetStore } from './presetStores.ts';

/** Prompts for a row of a file with cases. Returns undefined if canceled. Rejects with InvokeError. */
export async function askCase(
  cases: string,
  store: Pick<PresetStore, 'folder'>,
  title: string,
): Promise<TestCase | undefined> {
  const rows = (await readCases(cases, filesOf(store))).map((testCase) => ({ label: testCase.name, testCase }));
  return (await askChoice(rows, { title, placeHolder: vscode.l10n.t('Select a case') }))?.testCase;
}
