import * as vscode from 'vscode';
import { PRESETS_MIME, PRESETS_VIEW } from '../contributions.ts';
import type { PresetNode } from './presetNodes.ts';

/** The data provider of the presets view. */
export interface PresetsViewSource {
  readonly children: (node?: PresetNode) => Promise<PresetNode[]>;
  readonly handleDrag: (nodes: readonly PresetNode[], transfer: vscode.DataTransfer) => void | Promise<void>;
  readonly handleDrop: (target: PresetNode | undefined, transfer: vscode.DataTransfer) => Promise<void>;
}

export interface PresetsView {
  readonly view: vscode.TreeView<PresetNode>;
  /** Reloads the rows. */
  readonly refresh: () => void;
}

/** Registers the presets view. Its rows are read when it is opened. */
export function createPresetsView({
  children,
  handleDrag,
  handleDrop,
}: PresetsViewSource): PresetsView & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<PresetNode>(PRESETS_VIEW, {
    canSelectMany: true,
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: ({ item }) => item,
      getParent: ({ parent }) => parent,
      getChildren: children,
    },
    dragAndDropController: {
      dragMimeTypes: [PRESETS_MIME],
      dropMimeTypes: [PRESETS_MIME],
      handleDrag,
      handleDrop,
    },
  });
  return { view, refresh: () => changed.fire(), dispose: () => vscode.Disposable.from(view, changed).dispose() };
}
