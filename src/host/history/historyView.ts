import { HISTORY_VIEW } from '../contributions.ts';
import { createRowsView, type RowsView } from '../ui/treeView.ts';
import type { HistoryNode } from './historyNodes.ts';

export type HistoryView = RowsView<HistoryNode>;

/** Registers the history view. */
export function createHistoryView(children: (node?: HistoryNode) => Promise<HistoryNode[]>): HistoryView {
  return createRowsView(HISTORY_VIEW, children, { canSelectMany: true, showCollapseAll: true });
}
