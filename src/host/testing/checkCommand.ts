import * as vscode from 'vscode';
import { expectationOf } from '../../app/testing/runTest.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { isEntryRow, type HistoryNode } from '../history/historyNodes.ts';
import type { HistoryStore } from '../history/historyStore.ts';
import { notify } from '../notify.ts';
import type { PresetRunner } from '../presets/presetRunner.ts';
import { askChoice } from '../ui/ask.ts';
import type { RunnableTest } from './testNodes.ts';
import type { TestRuns } from './testRuns.ts';
import type { TestTree } from './testTree.ts';

export interface CheckCommandDependencies {
  readonly tree: Pick<TestTree, 'presets'>;
  readonly runs: Pick<TestRuns, 'check'>;
  readonly runner: Pick<PresetRunner, 'expected'>;
  readonly history: Pick<HistoryStore, 'ended'>;
  /** The selected rows of the history. */
  readonly selection: () => readonly HistoryNode[];
  /** Reads the presets files, which might have changed a moment ago. */
  readonly update: () => Promise<void>;
}

type PresetItem = Pick<RunnableTest, 'item' | 'stored'>;

function isOf({ stored: { preset, store } }: PresetItem, entry: HistoryEntry): boolean {
  return preset.name === entry.preset?.name && store.uri.toString() === entry.preset.store;
}

const nameOf = (FunctionName: string) => parseFunctionName(FunctionName)?.name ?? FunctionName;

/** Checks an entry of the history against `expect` of its preset, without invoking. */
export function createCheckCommand(dependencies: CheckCommandDependencies) {
  const { tree, runs, runner, history, selection, update } = dependencies;

  /** The preset that the entry came from, or one that the user selects: those for the same function come first. */
  async function presetFor(entry: HistoryEntry): Promise<PresetItem | undefined> {
    const all = tree.presets();
    const own = all.find((one) => isOf(one, entry));
    if (own !== undefined) return own;
    if (all.length === 0) {
      notify('information', vscode.l10n.t('No preset has "expect". Add it to a preset to check results.'));
      return undefined;
    }
    const isSame = ({ stored: { preset } }: PresetItem) =>
      nameOf(preset.FunctionName) === nameOf(entry.invocation.FunctionName);
    const sorted = [...all.filter(isSame), ...all.filter((one) => !isSame(one))];
    const rows = sorted.map((one) => ({
      label: one.stored.preset.name,
      description: `${one.stored.preset.FunctionName} · ${one.stored.store.label}`,
      one,
    }));
    const title = vscode.l10n.t('Check Result');
    return (await askChoice(rows, { title, placeHolder: vscode.l10n.t('Select the preset with the expected result') }))
      ?.one;
  }

  async function check(entry: HistoryEntry): Promise<void> {
    const { ended, isDropped } = await history.ended(entry);
    if (isDropped) {
      return notify('warning', vscode.l10n.t("The response is no longer in memory, so it can't be checked."));
    }
    await update();
    const preset = await presetFor(entry);
    const expected = preset && (await runner.expected(preset.stored));
    if (preset === undefined || expected === undefined) return;
    const { name } = preset.stored.preset;
    const failures = await runs.check(preset, { ended, expectation: expectationOf(expected), name });
    if (failures === 0) return notify('information', vscode.l10n.t('The result is as expected by "{0}".', name));
    notify('warning', vscode.l10n.t('The result isn\'t as expected by "{0}".', name), {
      label: vscode.l10n.t('Show Differences'),
      run: () =>
        vscode.commands
          .executeCommand('testing.openMessage', preset.item)
          .then(undefined, () => vscode.commands.executeCommand('workbench.panel.testResults.view.focus')),
    });
  }

  return async (node?: unknown): Promise<void> => {
    const row = isEntryRow(node) ? node : selection().find(isEntryRow);
    if (row === undefined) return notify('information', vscode.l10n.t('Select an invocation in the history.'));
    await check(row.entry);
  };
}
