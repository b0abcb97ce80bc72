import { FUNCTIONS_VIEW } from '../contributions.ts';
import { createRowsView, type RowsView } from '../ui/treeView.ts';
import type { FunctionRow } from './functionRows.ts';

export type FunctionsView = RowsView<FunctionRow>;

/** Registers the functions view. */
export function createFunctionsView(rows: () => Promise<FunctionRow[]>): FunctionsView {
  return createRowsView<FunctionRow>(FUNCTIONS_VIEW, async (row) => (row === undefined ? rows() : []));
}
