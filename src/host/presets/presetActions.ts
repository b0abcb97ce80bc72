import * as vscode from 'vscode';
import { askText } from '../ui/ask.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { positionAt } from '../../core/json/jsonText.ts';
import { message } from '../../core/messages/messages.ts';
import { plainItem } from '../../core/presets/jsonContainer.ts';
import {
  duplicatePreset,
  insertPresetItem,
  presetNames,
  presetSource,
  setPresetKey,
  withoutPreset,
} from '../../core/presets/presetsEdit.ts';
import { parsePresetsFile } from '../../core/presets/presetsFile.ts';
import { uniqueName } from '../../core/presets/uniqueName.ts';
import { askNewName, askStore } from './askPreset.ts';
import { notify } from '../notify.ts';
import type { PresetFiles } from './presetFiles.ts';
import type { PresetMover } from './presetMover.ts';
import { showLine } from './presetProblems.ts';
import { placeNow, type PresetStore, type StoredPreset } from './presetStores.ts';

/** Reveals and selects the row of a preset. */
type Reveal = (store: PresetStore, name: string) => Promise<void>;

/** Actions on presets outside of the form. They reject with InvokeError. */
export class PresetActions {
  readonly #files: PresetFiles;
  readonly #mover: PresetMover;
  readonly #reveal: Reveal;

  constructor(files: PresetFiles, mover: PresetMover, reveal: Reveal) {
    this.#files = files;
    this.#mover = mover;
    this.#reveal = reveal;
  }

  /** Opens the presets file at the line of a preset. */
  async openInFile(stored: StoredPreset): Promise<void> {
    const { store } = stored;
    // VS Code notices changes of a file with a delay.
    const text = (await this.#files.text(store)) ?? '';
    const place = placeNow(text, stored);
    const entry = parsePresetsFile(text, store.fileLabel).entries.find(({ index }) => index === place);
    await showLine(store.uri, positionAt(text, entry?.offset ?? 0).line - 1);
  }

  /** Opens the file of a store, which is created if it is missing. */
  async openStore(store: PresetStore): Promise<void> {
    await this.#files.create(store);
    await vscode.window.showTextDocument(store.uri, { preview: false });
  }

  /** Returns the new name. Undefined if it was canceled. */
  async rename(stored: StoredPreset): Promise<string | undefined> {
    const { preset, store } = stored;
    const others = new Set(presetNames((await this.#files.text(store)) ?? '{}'));
    others.delete(preset.name);
    const name = await askNewName(vscode.l10n.t('Rename Preset'), preset.name, others);
    if (name === undefined || name === preset.name) return undefined;
    await this.#files.edit(store, (text) => setPresetKey(text, placeNow(text, stored), 'name', name));
    await this.#reveal(store, name);
    return name;
  }

  async duplicate(stored: StoredPreset): Promise<void> {
    const { preset, store } = stored;
    let name = '';
    await this.#files.edit(store, (text) => {
      name = uniqueName(vscode.l10n.t('{0} copy', preset.name), new Set(presetNames(text)));
      return duplicatePreset(text, placeNow(text, stored), name);
    });
    await this.#reveal(store, name);
  }

  /** Deletes presets, with Undo, which restores the file, or the presets if the file has changed since. */
  async remove(presets: readonly StoredPreset[]): Promise<void> {
    const undos: { readonly name: string; readonly bringBack: () => Promise<void> }[] = [];
    try {
      // From the end, so that the indexes of the others don't change.
      for (const stored of presets.toSorted((a, b) => b.index - a.index))
        undos.unshift({ name: stored.preset.name, bringBack: await this.#remove(stored) });
    } finally {
      // Even if one couldn't be deleted, because others were.
      if (undos.length > 0) this.#offerUndo(undos);
    }
  }

  async moveToStore(presets: readonly StoredPreset[]): Promise<void> {
    const [first] = presets;
    if (first === undefined) return;
    const others = this.#files.stores().filter(({ uri }) => uri.toString() !== first.store.uri.toString());
    if (others.length === 0) {
      const text = vscode.l10n.t('No other location to move the preset to. Open a folder first.');
      notify('information', text);
      return;
    }
    const store = await askStore(others, vscode.l10n.t('Move Preset'));
    if (store !== undefined) await this.#mover.drop(presets, store, { kind: 'store' });
  }

  /** Moves presets to a new or existing group. An empty name removes them from their groups. */
  async setGroup(presets: readonly StoredPreset[]): Promise<void> {
    const [first] = presets;
    if (first === undefined) return;
    const group = await askText({
      title: vscode.l10n.t('Set Preset Group'),
      prompt: vscode.l10n.t('Enter a group name. Leave empty to remove the preset from its group.'),
      value: first.preset.group ?? '',
    });
    if (group === undefined) return;
    const value = group.trim() === '' ? undefined : group.trim();
    for (const stored of presets)
      await this.#files.edit(stored.store, (text) => setPresetKey(text, placeNow(text, stored), 'group', value));
  }

  async step(presets: readonly StoredPreset[], by: -1 | 1): Promise<void> {
    const [first] = presets;
    if (first !== undefined) await this.#mover.step(first, by);
  }

  #offerUndo(undos: readonly { readonly name: string; readonly bringBack: () => Promise<void> }[]): void {
    const names = undos.map(({ name }) => name).join('", "');
    const text =
      undos.length === 1
        ? vscode.l10n.t('Deleted preset "{0}".', names)
        : vscode.l10n.t('Deleted {0} presets: "{1}".', undos.length, names);
    const bringAllBack = async () => {
      for (const { bringBack } of undos) await bringBack();
    };
    notify('information', text, { label: vscode.l10n.t('Undo'), run: bringAllBack });
  }

  async #remove(stored: StoredPreset): Promise<() => Promise<void>> {
    const { store, preset } = stored;
    let before = '';
    let after = '';
    let place = 0;
    let source = '';
    await this.#files.edit(store, (text) => {
      place = placeNow(text, stored);
      before = text;
      source = presetSource(text, place);
      after = withoutPreset(text, place);
      return after;
    });
    return () =>
      this.#files.edit(store, (text) => {
        if (text === after) return before;
        if (presetNames(text).includes(preset.name))
          throw new InvokeError(message('presetThere', preset.name, store.fileLabel));
        return insertPresetItem(text, plainItem(source), place);
      });
  }
}
