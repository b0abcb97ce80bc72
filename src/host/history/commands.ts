import * as vscode from 'vscode';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import type { OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { setViewMessage } from '../ui/labels.ts';
import type { Services } from '../wiring/services.ts';
import { createHistoryActions, type HistoryActionServices } from './historyActions.ts';
import { HistoryFiltering } from './historyFiltering.ts';
import { createHistoryHandlers } from './historyHandlers.ts';
import type { HistoryNode } from './historyNodes.ts';
import { HistoryRefresh } from './historyRefresh.ts';
import { searchHistory } from './historySearch.ts';
import { createTimeTexts } from './historyTexts.ts';
import { HistoryTree } from './historyTree.ts';
import { notifyNoInvocations } from './noInvocations.ts';

export type HistoryServices = HistoryActionServices & Pick<Services, 'views'>;

/** The rows and the commands of the history view. Loaded when they are first used. */
export function createHistoryCommands(services: HistoryServices) {
  const { history, views } = services;
  const { view } = views.history;
  const entries = () => history.entries();
  const times = createTimeTexts();
  const actions = createHistoryActions(services);
  const filtering = new HistoryFiltering(entries, () => refresh.now());
  const tree = new HistoryTree({ entries: filtering.shown, isFiltered: () => filtering.isActive, times });
  const refresh = new HistoryRefresh(tree, views.history, () =>
    setViewMessage(view, filtering.message(tree.rows.length)),
  );
  const rows = createHistoryHandlers({
    actions,
    history,
    tree,
    view,
    refresh: () => refresh.now(),
    hold: () => refresh.hold(),
  });
  const owned = vscode.Disposable.from(refresh, rows, history.onDidChange(refresh.schedule));

  /** Calls `act` with all entries, or shows a message if there are none. */
  async function withEntries(act: (all: readonly HistoryEntry[]) => Promise<void>): Promise<void> {
    const all = entries();
    if (all.length > 0) await act(all);
    else notifyNoInvocations();
  }

  return {
    children(node?: HistoryNode): HistoryNode[] {
      if (node !== undefined) return node.kind === 'day' ? node.rows : [];
      tree.update();
      return [...tree.days];
    },
    handlers: {
      ...rows.handlers,
      repeatLast: async (): Promise<OutcomeSnapshot | undefined> => {
        const last = await history.last();
        if (last !== undefined) return actions.repeat(last);
        notifyNoInvocations();
        return undefined;
      },
      filterHistory: () => withEntries(() => filtering.ask()),
      clearHistoryFilter: () => filtering.clear(),
      clearHistory: () =>
        withEntries(async () => {
          await actions.clear();
          if (entries().length === 0) await filtering.clear(); // or the view shows that nothing matches the filter
        }),
      searchHistory: () =>
        withEntries(async (all) => {
          const entry = await searchHistory(all, times);
          if (entry !== undefined) await actions.open(entry);
        }),
    },
    dispose: () => owned.dispose(),
  };
}
