import * as vscode from 'vscode';
import { message } from '../core/messages.ts';
import type { Preset } from '../core/preset.ts';
import { NEW_PRESETS_FILE, presetNames, withPreset } from '../core/presetsEdit.ts';
import { EMPTY_PRESETS_FILE, parsePresetsFile, presetsFileError, type PresetsFile } from '../core/presetsFile.ts';
import { InvokeError, isInvokeError } from '../core/invokeError.ts';

/** A preset and the workspace folder it belongs to: its payload file is relative to that. */
export interface StoredPreset {
  readonly preset: Preset;
  readonly folder: vscode.WorkspaceFolder;
}

interface FolderPresets {
  readonly folder: vscode.WorkspaceFolder;
  readonly uri: vscode.Uri;
  readonly file: PresetsFile;
}

const PATH = '.vscode/lambda-invoke.json';

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** A presets file's text as it is shown: unsaved changes count before the disk. Undefined where there is no file. */
async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const document = openDocument(uri);
  if (document?.isDirty === true) return document.getText();
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InvokeError(message('presetsNotUtf8', vscode.workspace.asRelativePath(uri)), { cause: error });
  }
}

/** Writes a presets file; in the editor where it has unsaved changes, since the disk and the editor would fight. */
async function writeText(uri: vscode.Uri, text: string): Promise<void> {
  const document = openDocument(uri);
  if (document?.isDirty !== true) return vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  const isWritten = await vscode.workspace.applyEdit(edit);
  if (!isWritten) throw new InvokeError(message('presetsNotWritten', vscode.workspace.asRelativePath(uri)));
}

export function presetsUri(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, PATH);
}

/** The presets of every workspace folder. A broken file brings its problem and no presets; nothing is ever repaired. */
export async function readPresets(): Promise<FolderPresets[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const read = folders.map(async (folder) => {
    const uri = presetsUri(folder);
    try {
      const text = await readText(uri);
      return text === undefined ? [] : [{ folder, uri, file: parsePresetsFile(text, labelOfPresets(folder)) }];
    } catch (error) {
      if (!isInvokeError(error)) throw error;
      return [{ folder, uri, file: { ...EMPTY_PRESETS_FILE, problems: [error.reason] } }];
    }
  });
  return (await Promise.all(read)).flat();
}

function labelOfPresets(folder: vscode.WorkspaceFolder): string {
  return vscode.workspace.asRelativePath(presetsUri(folder), (vscode.workspace.workspaceFolders?.length ?? 0) > 1);
}

/** Tells the problems of presets files, with line and column, and a way to them. */
export function reportProblems(
  all: readonly FolderPresets[],
  say: (problem: PresetsFile['problems'][number]) => string,
): void {
  for (const { uri, file } of all) {
    for (const problem of file.problems) {
      const open = vscode.l10n.t('Open File');
      void vscode.window.showErrorMessage(say(problem), open).then((answer) => {
        if (answer === open) void vscode.window.showTextDocument(uri);
      });
    }
  }
}

export function storedPresets(all: readonly FolderPresets[]): StoredPreset[] {
  return all.flatMap(({ folder, file }) => file.presets.map((preset) => ({ preset, folder })));
}

/**
 * Adds a preset to a folder's file, or replaces the one of its name; the rest of the file stays to the character.
 * Rejects with InvokeError for a file that is broken: it is not touched.
 */
export async function savePreset(folder: vscode.WorkspaceFolder, preset: Preset): Promise<void> {
  const uri = presetsUri(folder);
  const text = (await readText(uri)) ?? NEW_PRESETS_FILE;
  const broken = presetsFileError(text, labelOfPresets(folder));
  if (broken !== undefined) throw new InvokeError(broken);
  await writeText(uri, withPreset(text, preset));
}

/** The names of a folder's presets, also of those that are not complete: saving under one of them replaces it. */
export async function readPresetNames(folder: vscode.WorkspaceFolder): Promise<ReadonlySet<string | undefined>> {
  return new Set(presetNames((await readText(presetsUri(folder))) ?? NEW_PRESETS_FILE));
}

/** The URI of a preset's payload file. */
export function payloadUri(folder: vscode.WorkspaceFolder, path: string): string {
  const isAbsolute = /^([a-zA-Z]:)?[\\/]/.test(path);
  return (isAbsolute ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder.uri, path)).toString();
}

/** A payload file's path for a preset: relative to its folder where it lies in it. */
export function payloadPath(folder: vscode.WorkspaceFolder, uri: string): string {
  const parsed = vscode.Uri.parse(uri);
  if (parsed.scheme === 'untitled') throw new InvokeError(message('payloadUnsaved'));
  const prefix = `${folder.uri.path}/`;
  return parsed.path.startsWith(prefix) ? parsed.path.slice(prefix.length) : parsed.fsPath;
}
