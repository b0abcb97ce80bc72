import * as vscode from 'vscode';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { Preset } from '../../core/presets/preset.ts';
import { presetNames } from '../../core/presets/presetsEdit.ts';
import { parsePresetsFile, type PresetEntry } from '../../core/presets/presetsFile.ts';

export const PRESETS_PATH = '.vscode/lambda-invoke.json';

/** A presets file of a workspace folder, or the personal one. */
export interface PresetStore {
  readonly uri: vscode.Uri;
  /** The name of the folder, or “Personal”. */
  readonly label: string;
  /** The file name in messages. */
  readonly fileLabel: string;
  /** Missing for personal presets. */
  readonly folder?: vscode.WorkspaceFolder;
}

/** A preset with its store. */
export interface StoredPreset {
  readonly preset: Preset;
  readonly store: PresetStore;
  /** The index in the file. */
  readonly index: number;
}

function presetsUri(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, PRESETS_PATH);
}

export function folderStore(folder: vscode.WorkspaceFolder): PresetStore {
  const uri = presetsUri(folder);
  const isOneOfMany = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  return { uri, folder, label: folder.name, fileLabel: vscode.workspace.asRelativePath(uri, isOneOfMany) };
}

/**
 * Finds a preset that a form shows in the current file, even if it was renamed and is otherwise unchanged. Throws
 * InvokeError if it was deleted.
 */
export function openedEntry(text: string, stored: StoredPreset): PresetEntry {
  const { preset, store } = stored;
  const { entries } = parsePresetsFile(text, store.fileLabel);
  const isNamed = entries.some((entry) => entry.preset.name === preset.name);
  const renamed = (entry: PresetEntry) =>
    JSON.stringify({ ...entry.preset, name: preset.name }) === JSON.stringify(preset);
  const same = isNamed ? [] : entries.filter(renamed);
  const index = same.length === 1 ? same[0]?.index : placeNow(text, stored);
  const found = entries.find((entry) => entry.index === index);
  if (found === undefined) throw new InvokeError(message('presetGone', preset.name, store.fileLabel));
  return found;
}

/**
 * Finds a preset in the current file, which might have changed. With duplicate names, only an equal preset matches.
 * Throws InvokeError if it was deleted.
 */
export function placeNow(text: string, { preset, store, index }: StoredPreset): number {
  const places = presetNames(text).flatMap((name, place) => (name === preset.name ? [place] : []));
  const [first] = places;
  if (first !== undefined && places.length === 1) return first;
  const { entries } = parsePresetsFile(text, store.fileLabel);
  const same = entries.filter((entry) => JSON.stringify(entry.preset) === JSON.stringify(preset));
  const found = same.find((entry) => entry.index === index) ?? (same.length === 1 ? same[0] : undefined);
  if (found === undefined) throw new InvokeError(message('presetGone', preset.name, store.fileLabel));
  return found.index;
}
