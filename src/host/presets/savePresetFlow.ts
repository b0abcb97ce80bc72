import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection.ts';
import type { Invocation } from '../../core/invocation/invocation.ts';
import {
  mergeOpened,
  mapTexts,
  toPreset,
  typedKeys,
  type OpenedPreset,
  type Preset,
} from '../../core/presets/preset.ts';
import { presetNames, withPreset } from '../../core/presets/presetsEdit.ts';
import { escapeVariables, variablesOf } from '../../core/presets/variables.ts';
import { notify } from '../notify.ts';
import { askSavedSettings, askPresetName, askStore, askVariables } from './askPreset.ts';
import { showLine } from './presetProblems.ts';
import type { PresetFiles } from './presetFiles.ts';
import { payloadPath, payloadUri } from '../files/payloadPaths.ts';
import type { PresetStore } from './presetStores.ts';

/** The content of a form to save. */
export interface PresetToSave {
  readonly invocation: Invocation;
  readonly connection: Connection;
  /** The preset that was opened in the form. */
  readonly opened?: OpenedPreset;
}

/** If the payload file is still that of the opened preset, keeps its original path. */
function samePath(preset: Preset, store: PresetStore, opened: OpenedPreset | undefined): Preset {
  const before = opened?.resolved.payloadFile;
  if (before === undefined || preset.payloadFile === undefined) return preset;
  const isSame = payloadUri(store, before) === payloadUri(store, preset.payloadFile);
  return isSame ? { ...preset, payloadFile: before } : preset;
}

/**
 * Restores the variables of unchanged fields of the opened preset. Asks whether a `${` in other fields is a variable or
 * text. Returns undefined if canceled.
 */
async function withVariables(preset: Preset, opened: OpenedPreset | undefined): Promise<Preset | undefined> {
  const typed = typedKeys(preset, opened);
  const found = typed.flatMap((key) => variablesOf(preset[key] ?? ''));
  const areVariables = found.length > 0 ? await askVariables() : false;
  if (areVariables === undefined) return undefined;
  const written = areVariables ? preset : mapTexts(preset, typed, escapeVariables);
  return opened === undefined ? written : mergeOpened(written, opened);
}

/**
 * Save as Preset: prompts for store, name and parts of the connection. Returns whether it was saved. Rejects with
 * InvokeError.
 */
export function createSavePreset(files: PresetFiles) {
  return async ({ invocation, connection, opened }: PresetToSave): Promise<boolean> => {
    const store = await askStore(files.stores(), vscode.l10n.t('Save as Preset'));
    if (store === undefined) return false;
    const text = await files.text(store);
    const names = new Set(text === undefined ? [] : presetNames(text));
    const suggested = opened !== undefined && names.has(opened.raw.name) ? opened.raw.name : undefined;
    const name = await askPresetName({ title: vscode.l10n.t('Save as Preset'), names, suggested, invocation });
    if (name === undefined) return false;
    const keep = await askSavedSettings(connection, store, opened?.raw);
    if (keep === undefined) return false;
    const preset = toPreset(name, {
      invocation,
      connection,
      toPath: (uri) => payloadPath(store, uri),
      savedParts: keep,
    });
    const saved = await withVariables(samePath(preset, store, opened), opened);
    if (saved === undefined) return false;
    await files.edit(store, (before) => withPreset(before, saved));
    notify('information', vscode.l10n.t('Saved preset "{0}".', name), {
      label: vscode.l10n.t('Open File'),
      run: () => showLine(store.uri, 0),
    });
    return true;
  };
}
