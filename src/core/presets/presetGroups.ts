import type { PresetEntry } from './presetsFile.ts';
import { movePresets, setPresetKey } from './presetsEdit.ts';

/** Presets that stand together; those without a group have no name. */
export interface PresetGroup {
  readonly name?: string;
  readonly entries: readonly PresetEntry[];
}

/** Where presets are dropped: on a preset, on a group, or on the store. */
export type DropPlace =
  | { readonly kind: 'preset'; readonly index: number; readonly group: string | undefined }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'store' };

/** A file's presets by group: groups in the order they first appear, then the presets without one. */
export function groupPresets(entries: readonly PresetEntry[]): PresetGroup[] {
  const groups = new Map<string | undefined, PresetEntry[]>();
  for (const entry of entries) {
    const { group } = entry.preset;
    const name = group === undefined || group === '' ? undefined : group;
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [entry]);
    else known.push(entry);
  }
  const alone = groups.get(undefined) ?? [];
  const named = [...groups].flatMap(([name, some]) => (name === undefined ? [] : [{ name, entries: some }]));
  return [...named, ...(alone.length === 0 ? [] : [{ entries: alone }])];
}

/** The group of what is dropped at a place. */
export function groupAt(place: DropPlace): string | undefined {
  return place.kind === 'store' ? undefined : place.group;
}

interface Drop {
  readonly entries: readonly PresetEntry[];
  /** Places of the dropped presets in this file; none where they come from another one. */
  readonly from: readonly number[];
  readonly place: DropPlace;
  /** How many entries the file has. */
  readonly count: number;
}

/** In front of which preset dropped ones go (the number of presets: behind the last). */
export function dropTarget({ entries, place, from, count }: Drop): number {
  switch (place.kind) {
    case 'preset':
      // Dragged down, it goes behind the one it was dropped on: else a drop on the next one would do nothing.
      return from.length > 0 && from.every((index) => index < place.index) ? place.index + 1 : place.index;
    case 'group': {
      const last = entries.findLast(({ preset }) => preset.group === place.group);
      return last === undefined ? count : last.index + 1;
    }
    case 'store':
      return count;
  }
}

/** A presets file with some of its presets dropped at a place of it: moved, and in that place's group. */
export function dropPresets(text: string, drop: Drop): string {
  const group = groupAt(drop.place);
  const regrouped = drop.from.reduce((before, index) => setPresetKey(before, index, 'group', group), text);
  return movePresets(regrouped, drop.from, dropTarget(drop));
}
