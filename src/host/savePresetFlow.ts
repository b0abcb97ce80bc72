import * as vscode from 'vscode';
import type { Connection } from '../core/connection.ts';
import type { Invocation } from '../core/invocation.ts';
import { keepVariables, toPreset, type OpenedPreset } from '../core/preset.ts';
import { presetNames, withPreset } from '../core/presetsEdit.ts';
import { askKept, askPresetName, askStore } from './askPreset.ts';
import { showLine } from './presetProblems.ts';
import type { PresetFiles } from './presetFiles.ts';
import { payloadPath } from './presetStores.ts';

/** What a form wants to save. */
export interface PresetToSave {
  readonly invocation: Invocation;
  readonly connection: Connection;
  /** The preset that was opened in the form. */
  readonly opened?: OpenedPreset;
}

/** Save as Preset: asks where, under which name and with how much of the connection. Rejects with InvokeError where it could not. */
export function createSavePreset(files: PresetFiles) {
  return async ({ invocation, connection, opened }: PresetToSave): Promise<void> => {
    const store = await askStore(files.stores(), vscode.l10n.t('Save as Preset'));
    if (store === undefined) return;
    const text = await files.text(store);
    const names = new Set(text === undefined ? [] : presetNames(text));
    const suggested = opened !== undefined && names.has(opened.raw.name) ? opened.raw.name : undefined;
    const name = await askPresetName({ title: vscode.l10n.t('Save as Preset'), names, suggested, invocation });
    if (name === undefined) return;
    const keep = await askKept(connection, store, opened?.raw);
    if (keep === undefined) return;
    const preset = toPreset(name, { invocation, connection, toPath: (uri) => payloadPath(store, uri), keep });
    const isSame = opened !== undefined && opened.raw.name === name;
    const saved = isSame ? keepVariables(preset, opened) : preset;
    await files.edit(store, (before) => withPreset(before, saved));
    const open = vscode.l10n.t('Open File');
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Saved the preset “{0}”.', name), open);
    if (answer === open) await showLine(store.uri, 0);
  };
}
