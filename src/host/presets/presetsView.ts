import * as vscode from 'vscode';
import { PRESETS_MIME, PRESETS_VIEW } from '../contributions.ts';
import type { PresetNode } from './presetNodes.ts';

/** What fills the presets view: loaded when the view is first shown. */
export interface PresetsViewSource {
  children(node?: PresetNode): Promise<PresetNode[]>;
  handleDrag(nodes: readonly PresetNode[], transfer: vscode.DataTransfer): void;
  handleDrop(target: PresetNode | undefined, transfer: vscode.DataTransfer): Promise<void>;
}

export interface PresetsView {
  readonly view: vscode.TreeView<PresetNode>;
  /** Asks for its rows again. */
  readonly refresh: () => void;
}

/** Registers the presets view; what it shows is asked for when a person opens it. */
export function createPresetsView(source: () => Promise<PresetsViewSource>): PresetsView & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<PresetNode>(PRESETS_VIEW, {
    canSelectMany: true,
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: ({ item }) => item,
      getParent: ({ parent }) => parent,
      getChildren: async (node) => (await source()).children(node),
    },
    dragAndDropController: {
      dragMimeTypes: [PRESETS_MIME],
      dropMimeTypes: [PRESETS_MIME],
      handleDrag: async (nodes, transfer) => (await source()).handleDrag(nodes, transfer),
      handleDrop: async (target, transfer) => (await source()).handleDrop(target, transfer),
    },
  });
  return { view, refresh: () => changed.fire(), dispose: () => vscode.Disposable.from(view, changed).dispose() };
}
