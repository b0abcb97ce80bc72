import type { PresetEntry } from './presetsFile.ts';
import { movePresets, setPresetKey } from './presetsEdit.ts';

/** The presets of a group. Presets without a group are in one without a name. */
export interface PresetGroup {
  readonly name?: string;
  readonly entries: readonly PresetEntry[];
}

/** A drop target: a preset, a group, or the store. */
export type DropLocation =
  | { readonly kind: 'preset'; readonly index: number; readonly group: string | undefined }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'store' };

/** Groups a file's presets: groups in order of first appearance, then the presets without a group. */
export function groupPresets(entries: readonly PresetEntry[]): PresetGroup[] {
  const groups = new Map<string | undefined, PresetEntry[]>();
  for (const entry of entries) {
    const { group } = entry.preset;
    const name = group === undefined || group === '' ? undefined : group;
    const existing = groups.get(name);
    if (existing === undefined) groups.set(name, [entry]);
    else existing.push(entry);
  }
  const ungrouped = groups.get(undefined) ?? [];
  const named = [...groups].flatMap(([name, groupEntries]) =>
    name === undefined ? [] : [{ name, entries: groupEntries }],
  );
  return [...named, ...(ungrouped.length === 0 ? [] : [{ entries: ungrouped }])];
}

/** The group that dropped presets get. */
export function groupOfLocation(location: DropLocation): string | undefined {
  return location.kind === 'store' ? undefined : location.group;
}

interface Drop {
  readonly entries: readonly PresetEntry[];
  /** Indices of the dragged presets in this file. Empty if they come from another file. */
  readonly from: readonly number[];
  readonly location: DropLocation;
  /** The number of entries in the file. */
  readonly count: number;
}

/** The index that dropped presets are inserted before. The number of presets means at the end. */
export function dropTarget({ entries, location, from, count }: Drop): number {
  switch (location.kind) {
    case 'preset':
      // A preset that is dragged down goes after the drop target. Otherwise dropping it on the next one would do
      // nothing.
      return from.length > 0 && from.every((index) => index < location.index) ? location.index + 1 : location.index;
    case 'group': {
      const last = entries.findLast(({ preset }) => preset.group === location.group);
      return last === undefined ? count : last.index + 1;
    }
    case 'store':
      return count;
  }
}

/** Moves presets within the file to a drop target and into its group. */
export function dropPresets(text: string, drop: Drop): string {
  const group = groupOfLocation(drop.location);
  const regrouped = drop.from.reduce((before, index) => setPresetKey(before, index, 'group', group), text);
  return movePresets(regrouped, drop.from, dropTarget(drop));
}
