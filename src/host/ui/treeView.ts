import * as vscode from 'vscode';

/** A row of a view. */
interface TreeNode<Node> {
  readonly item: vscode.TreeItem;
  readonly parent?: Node | undefined;
}

/** A view whose rows are read when it is opened. */
export interface RowsView<Node> extends vscode.Disposable {
  readonly view: vscode.TreeView<Node>;
  /** Reloads rows with the rows below them. By default all. */
  readonly refresh: (nodes?: Node[]) => void;
}

/** Registers a view. */
export function createRowsView<Node extends TreeNode<Node>>(
  id: string,
  children: (node?: Node) => Promise<Node[]>,
  options: Omit<vscode.TreeViewOptions<Node>, 'treeDataProvider'> = {},
): RowsView<Node> {
  const changed = new vscode.EventEmitter<Node[] | undefined>();
  const view = vscode.window.createTreeView<Node>(id, {
    ...options,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: ({ item }) => item,
      getParent: ({ parent }) => parent,
      getChildren: children,
    },
  });
  return {
    view,
    refresh: (nodes) => changed.fire(nodes),
    dispose: () => vscode.Disposable.from(view, changed).dispose(),
  };
}
