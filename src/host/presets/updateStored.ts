import { presetDraft, updatedPreset } from '../../core/presets/formPreset.ts';
import type { OpenedPreset } from '../../core/presets/preset.ts';
import { presetSource, replacePreset, replacePresetSource } from '../../core/presets/presetsEdit.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import type { PresetFiles } from './presetFiles.ts';
import { openedEntry, placeNow, type PresetStore } from './presetStores.ts';
import { formPath, openedAfterSave, type FormToSave, type SavedPreset } from './savedPreset.ts';

export interface Update {
  readonly saved: SavedPreset;
  /** Restores the preset. Rejects with InvokeError if it was deleted meanwhile. */
  readonly undo: () => Promise<SavedPreset>;
}

interface Origin {
  readonly form: FormToSave;
  readonly opened: OpenedPreset;
  readonly store: PresetStore;
}

/** Writes a form to the preset that it came from. Rejects with InvokeError, without changing the file. */
export async function updateStored(files: Pick<PresetFiles, 'edit'>, { form, opened, store }: Origin): Promise<Update> {
  let before = '';
  let after = '';
  let former = opened.raw;
  let source = '';
  let saved = opened.raw;
  let index = opened.index;
  await files.edit(
    store,
    (text) => {
      const entry = openedEntry(text, { preset: opened.raw, store, index: opened.index });
      ({ preset: former, index } = entry);
      before = text;
      source = presetSource(text, index);
      saved = updatedPreset(former, { ...form, toPath: formPath(store, opened) }, opened);
      after = replacePreset(text, index, saved);
      return after;
    },
    { inEditor: true },
  );
  const now = openedAfterSave(saved, form, { store, index });
  const undo = async (): Promise<SavedPreset> => {
    const restore = (text: string) =>
      text === after ? before : replacePresetSource(text, placeNow(text, { preset: saved, store, index }), source);
    await files.edit(store, restore, { inEditor: true });
    const restored = { ...opened, raw: former, index };
    return { draft: presetDraft(restored, (path) => payloadUri(store, path)), opened: restored };
  };
  return { saved: { draft: form.draft, opened: now }, undo };
}
