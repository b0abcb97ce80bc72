import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { dropPresets, dropTarget, groupOfLocation, type DropLocation } from '../../core/presets/presetGroups.ts';
import {
  insertPresetItem,
  presetNames,
  presetValue,
  setPresetKey,
  takePreset,
} from '../../core/presets/presetsEdit.ts';
import { parsePresetsFile } from '../../core/presets/presetsFile.ts';
import { uniqueName } from '../../core/presets/uniqueName.ts';
import type { PresetFiles } from './presetFiles.ts';
import { payloadPath, payloadUri } from '../files/payloadPaths.ts';
import { placeNow, type PresetStore, type StoredPreset } from './presetStores.ts';

const isSameStore = (a: PresetStore, b: PresetStore) => a.uri.toString() === b.uri.toString();

/** Moves presets within a store and between stores, with the comments that belong to them. */
export class PresetMover {
  readonly #files: Pick<PresetFiles, 'edit' | 'text'>;

  constructor(files: Pick<PresetFiles, 'edit' | 'text'>) {
    this.#files = files;
  }

  /** Moves presets from any stores to a location in a store. Rejects with InvokeError. */
  async drop(presets: readonly StoredPreset[], store: PresetStore, place: DropLocation): Promise<void> {
    const movedHere = presets.filter((stored) => isSameStore(stored.store, store));
    const others = presets.filter((stored) => !isSameStore(stored.store, store));
    if (movedHere.length > 0) await this.#files.edit(store, (text) => this.#dropOwn(text, movedHere, place));
    // Inserted in reverse before the same row, which keeps their order.
    for (const stored of place.kind === 'preset' ? others.toReversed() : others)
      await this.#bring(stored, store, place);
  }

  /** Moves a preset one row up or down within its group. */
  async step(stored: StoredPreset, by: -1 | 1): Promise<void> {
    await this.#files.edit(stored.store, (text) => {
      const index = placeNow(text, stored);
      const group = parsePresetsFile(text, '').entries.filter(({ preset }) => preset.group === stored.preset.group);
      const neighbour = group[group.findIndex((entry) => entry.index === index) + by];
      if (neighbour === undefined) return text;
      const place = { kind: 'preset', index: neighbour.index, group: stored.preset.group } as const;
      return this.#dropOwn(text, [stored], place);
    });
  }

  #dropOwn(text: string, movedHere: readonly StoredPreset[], place: DropLocation): string {
    const { entries } = parsePresetsFile(text, '');
    const from = movedHere.map((stored) => placeNow(text, stored));
    if (place.kind === 'preset' && from.includes(place.index)) return text;
    return dropPresets(text, { entries, from, location: place, count: presetNames(text).length });
  }

  async #bring(stored: StoredPreset, store: PresetStore, place: DropLocation): Promise<void> {
    const source = await this.#files.text(stored.store);
    if (source === undefined) throw new InvokeError(message('presetGone', stored.preset.name, stored.store.fileLabel));
    const { item } = takePreset(source, placeNow(source, stored));
    // Added before it is removed, so that no preset is lost if the second edit fails.
    await this.#files.edit(store, (text) => {
      const { entries } = parsePresetsFile(text, '');
      const index = dropTarget({ entries, from: [], location: place, count: presetNames(text).length });
      const name = uniqueName(stored.preset.name, new Set(presetNames(text)));
      const inserted = setPresetKey(insertPresetItem(text, item, index), index, 'name', name);
      const grouped = setPresetKey(inserted, index, 'group', groupOfLocation(place));
      return this.#withPath(grouped, index, stored.store, store);
    });
    await this.#files.edit(stored.store, (text) => takePreset(text, placeNow(text, stored)).text);
  }

  /** Adapts the payload path, so that it refers to the same file from the other store. */
  #withPath(text: string, index: number, from: PresetStore, to: PresetStore): string {
    const path = presetValue(text, index, 'payloadFile');
    if (typeof path !== 'string' || path.includes('${')) return text;
    try {
      return setPresetKey(text, index, 'payloadFile', payloadPath(to, payloadUri(from, path)));
    } catch {
      return text; // relative to a folder that isn't open
    }
  }
}
