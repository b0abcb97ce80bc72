import type * as vscode from 'vscode';
import { PRESETS_MIME, PRESETS_VIEW } from '../contributions.ts';
import { createRowsView, type RowsView } from '../ui/treeView.ts';
import type { PresetNode } from './presetNodes.ts';

/** The data provider of the presets view. */
export interface PresetsViewSource {
  readonly children: (node?: PresetNode) => Promise<PresetNode[]>;
  readonly handleDrag: (nodes: readonly PresetNode[], transfer: vscode.DataTransfer) => void | Promise<void>;
  readonly handleDrop: (target: PresetNode | undefined, transfer: vscode.DataTransfer) => Promise<void>;
}

export type PresetsView = RowsView<PresetNode>;

/** Registers the presets view. */
export function createPresetsView({ children, handleDrag, handleDrop }: PresetsViewSource): PresetsView {
  return createRowsView(PRESETS_VIEW, children, {
    canSelectMany: true,
    showCollapseAll: true,
    dragAndDropController: {
      dragMimeTypes: [PRESETS_MIME],
      dropMimeTypes: [PRESETS_MIME],
      handleDrag,
      handleDrop,
    },
  });
}
