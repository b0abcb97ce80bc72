import * as vscode from 'vscode';
import type { DropLocation } from '../../core/presets/presetGroups.ts';
import type { PresetNode } from './presetNodes.ts';
import type { PresetMover } from './presetMover.ts';
import type { PresetStore } from './presetStores.ts';
import { PRESETS_MIME } from '../contributions.ts';

/** The target of a drop on a row. */
function placeOf(node: PresetNode): { readonly store: PresetStore; readonly place: DropLocation } | undefined {
  switch (node.kind) {
    case 'store':
      return { store: node.presets.store, place: { kind: 'store' } };
    case 'group':
      return { store: node.store, place: { kind: 'group', group: node.name } };
    case 'preset': {
      const { store, index, preset } = node.stored;
      return { store, place: { kind: 'preset', index, group: preset.group } };
    }
    case 'problem':
      return undefined;
  }
}

/** Drags presets or groups of the presets view. */
export function handleDrag(nodes: readonly PresetNode[], transfer: vscode.DataTransfer): void {
  const presets = nodes.flatMap((node) => {
    if (node.kind === 'preset') return [node.stored];
    if (node.kind !== 'group') return [];
    return node.group.entries.map(({ preset, index }) => ({ preset, index, store: node.store }));
  });
  // A group can be dragged together with one of its rows.
  const each = new Map(presets.map((stored) => [`${stored.store.uri.toString()}#${stored.index}`, stored]));
  if (presets.length > 0) transfer.set(PRESETS_MIME, new vscode.DataTransferItem([...each.values()]));
}

/** Drops presets on a row, which reorders, regroups, or moves them to another store. */
export async function handleDrop(
  target: PresetNode | undefined,
  transfer: vscode.DataTransfer,
  mover: Pick<PresetMover, 'drop'>,
): Promise<void> {
  const dragged: unknown = transfer.get(PRESETS_MIME)?.value;
  const place = target && placeOf(target);
  if (!Array.isArray(dragged) || place === undefined) return;
  await mover.drop(dragged as Parameters<PresetMover['drop']>[0], place.store, place.place);
}
