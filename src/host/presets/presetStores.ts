import * as vscode from 'vscode';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { Preset } from '../../core/presets/preset.ts';
import { presetNames } from '../../core/presets/presetsEdit.ts';
import { parsePresetsFile } from '../../core/presets/presetsFile.ts';

export const PRESETS_PATH = '.vscode/lambda-invoke.json';

/** A file of presets: a workspace folder's, or the user's own. */
export interface PresetStore {
  readonly uri: vscode.Uri;
  /** The folder's name, or “User”. */
  readonly label: string;
  /** The file's name in sentences. */
  readonly fileLabel: string;
  /** Absent: the user's own presets. */
  readonly folder?: vscode.WorkspaceFolder;
}

/** A preset and where it is kept. */
export interface StoredPreset {
  readonly preset: Preset;
  readonly store: PresetStore;
  /** Its place among all entries of the file. */
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
 * Where a preset is now: the file may have changed since it was shown. Of presets of one name, only the very same is taken
 * for it. Throws InvokeError where it is gone.
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
