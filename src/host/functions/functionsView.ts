import * as vscode from 'vscode';
import { FUNCTIONS_VIEW } from '../contributions.ts';
import type { FunctionRow } from './functionRows.ts';

export interface FunctionsView extends vscode.Disposable {
  /** Reloads the rows. */
  readonly refresh: () => void;
  /** The selected row. */
  readonly selected: () => FunctionRow | undefined;
}

/** Registers the functions view. Its rows are read when it is opened. */
export function createFunctionsView(rows: () => Promise<FunctionRow[]>): FunctionsView {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<FunctionRow>(FUNCTIONS_VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: ({ item }) => item,
      getChildren: (row) => (row === undefined ? rows() : []),
    },
  });
  return {
    refresh: () => changed.fire(),
    selected: () => view.selection[0],
    dispose: () => vscode.Disposable.from(view, changed).dispose(),
  };
}
