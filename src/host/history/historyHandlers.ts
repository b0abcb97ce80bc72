import * as vscode from 'vscode';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import type { OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { notify } from '../notify.ts';
import { createButtonClicks } from '../ui/buttonClicks.ts';
import { createHeldKeys } from '../ui/heldKeys.ts';
import { showBriefly } from '../ui/progress.ts';
import { createRowClicks } from '../ui/rowClicks.ts';
import { createCompareSelection } from './compareSelection.ts';
import type { createHistoryActions } from './historyActions.ts';
import { isEntryRow, type EntryRow, type HistoryNode } from './historyNodes.ts';
import type { HistoryStore } from './historyStore.ts';
import type { HistoryTree } from './historyTree.ts';

interface HistoryHandlerDependencies {
  readonly actions: ReturnType<typeof createHistoryActions>;
  readonly history: Pick<HistoryStore, 'pin' | 'delete' | 'entries' | 'onDidChange'>;
  readonly tree: HistoryTree;
  readonly view: Pick<vscode.TreeView<HistoryNode>, 'selection' | 'onDidChangeSelection' | 'visible' | 'reveal'>;
  /** Updates the rows. */
  readonly refresh: () => void;
  /** Keeps the rows in place for the second click of a double click. */
  readonly hold: () => void;
}

const idsOf = (rows: readonly EntryRow[]) => rows.map(({ entry }) => entry.invocationId);

/** The commands for rows. They apply to the rows that they're called with, or else to the selected rows. */
export function createHistoryHandlers({ actions, history, tree, view, refresh, hold }: HistoryHandlerDependencies) {
  const isHeldKey = createHeldKeys();
  const isDoubleClick = createRowClicks();
  const isFollowingClick = createButtonClicks();
  let lastSelected: readonly string[] = [];
  const compared = createCompareSelection(history);
  const listening = view.onDidChangeSelection(({ selection }) => {
    lastSelected = idsOf(selection.filter(isEntryRow));
  });

  /** The selected rows. While rows are refreshed, the view has no selection. */
  function selectedRows(): readonly EntryRow[] {
    const rows = view.selection.filter(isEntryRow);
    return rows.length > 0 ? rows : lastSelected.map(tree.find).filter((row) => row !== undefined);
  }

  /** The row that was clicked, with the others that are selected, or else the selected rows. */
  function rowsFor(node: unknown, selected: unknown): readonly EntryRow[] {
    if (node === undefined) return selectedRows();
    const given = Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [node];
    return given.filter(isEntryRow);
  }

  /** Applies to the row that was clicked, even if others are selected, or else to the selected row. */
  const single =
    <Result>(act: (entry: HistoryEntry) => Promise<Result>) =>
    async (node?: unknown): Promise<Result | undefined> => {
      const [row, ...others] = rowsFor(node, undefined);
      if (row !== undefined && others.length === 0) return act(row.entry);
      if (others.length > 0) notify('information', vscode.l10n.t('Several invocations are selected. Select only one.'));
      return undefined;
    };

  /** Selects a row, so that keyboard navigation continues from it. */
  async function reveal(invocationId: string | undefined): Promise<void> {
    refresh();
    const row = invocationId === undefined ? undefined : tree.find(invocationId);
    if (row !== undefined && view.visible) await view.reveal(row, { select: true, focus: true });
  }

  const pin = (isPinned: boolean) => async (node?: unknown, selected?: unknown) => {
    const ids = idsOf(rowsFor(node, selected));
    if (ids.length === 0) return;
    await history.pin(ids, isPinned);
    await reveal(ids[0]);
  };

  /** The row that takes the place of deleted ones. */
  function neighborOf(ids: ReadonlySet<string>): string | undefined {
    const all = idsOf(tree.rows);
    const isKept = (id: string) => !ids.has(id);
    const at = all.findIndex((id) => ids.has(id));
    return all.slice(at).find(isKept) ?? all.findLast(isKept);
  }

  const handlers = {
    openHistory: single((entry) => actions.open(entry)),
    clickHistory: async (invocationId?: unknown) => {
      const row = tree.find(String(invocationId));
      if (row !== undefined) await actions.open(row.entry, { isPreview: !isDoubleClick(row.entry.invocationId) });
    },
    repeatHistory: async (node?: unknown): Promise<OutcomeSnapshot | undefined> => {
      const ids = idsOf(rowsFor(node, undefined)).join('\n');
      const isSamePress = node === undefined ? isHeldKey : isFollowingClick;
      if (node !== undefined) hold();
      return isSamePress(ids) ? undefined : single((entry) => actions.repeat(entry))(node);
    },
    compareHistory: async (node?: unknown, selected?: unknown) => {
      const entries = rowsFor(node, selected).map(({ entry }) => entry);
      const [older, newer] = entries.toSorted((one, other) => one.at - other.at);
      if (older === undefined || newer === undefined || entries.length > 2) {
        return notify('information', vscode.l10n.t('Select two invocations to compare.'));
      }
      await actions.compare(older.invocationId, newer.invocationId);
    },
    selectHistoryForCompare: single(async ({ invocationId, invocation }) => {
      await compared.select(invocationId);
      showBriefly(vscode.l10n.t('Selected {0} for comparison.', describeFunction(invocation)));
    }),
    compareHistoryWithSelected: single(async ({ invocationId }) => {
      const other = compared.get();
      if (other !== undefined) await actions.compare(other, invocationId);
    }),
    compareHistoryWithResult: single((entry) => actions.compareWithResult(entry)),
    invokeHistoryOnTwoTargets: single((entry) => actions.invokeOnTwoTargets(entry)),
    showHistoryLog: single((entry) => actions.showLog(entry)),
    replayHistory: single((entry) => actions.replay(entry)),
    saveHistoryAsPreset: single((entry) => actions.saveAsPreset(entry)),
    copyHistoryAs: single((entry) => actions.copyAs(entry)),
    openHistoryFile: single((entry) => actions.openFile(entry)),
    pinHistory: pin(true),
    unpinHistory: pin(false),
    deleteHistory: async (node?: unknown, selected?: unknown) => {
      const ids = new Set(idsOf(rowsFor(node, selected)));
      if (ids.size === 0) return;
      const next = neighborOf(ids);
      await history.delete([...ids]);
      await reveal(next);
    },
  };
  return { handlers, dispose: () => vscode.Disposable.from(listening, compared).dispose() };
}
