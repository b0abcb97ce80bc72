import * as vscode from 'vscode';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { eventFolders } from '../../core/samples/eventChoice.ts';
import { setting } from '../settings.ts';

/** A quick pick with more files is hardly useful. */
const MAX_FILES = 200;

/** `events/hello/put.json` is found, deeper files aren't. */
const MAX_DEPTH = 2;

/** A JSON file that a function might receive. */
export interface EventFile {
  readonly uri: vscode.Uri;
  /** Relative to its payload folder, with `/`. */
  readonly path: string;
}

/** The content of a folder, sorted by name. Nothing if it doesn't exist. */
async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (all) => all,
    () => [],
  );
  return entries.toSorted(([one], [other]) => one.localeCompare(other));
}

/** The JSON files of a payload folder and the folders in it. A symbolic link has the type of its target, too. */
async function jsonFiles(folder: vscode.Uri, prefix = '', depth = 1): Promise<EventFile[]> {
  const files: EventFile[] = [];
  const folders: string[] = [];
  for (const [name, type] of await entriesOf(folder)) {
    if ((type & vscode.FileType.Directory) !== 0) folders.push(name);
    else if ((type & vscode.FileType.File) !== 0 && /\.json$/i.test(name))
      files.push({ uri: vscode.Uri.joinPath(folder, name), path: `${prefix}${name}` });
  }
  const below = depth < MAX_DEPTH ? folders : [];
  const nested = below.map(async (name) =>
    jsonFiles(vscode.Uri.joinPath(folder, name), `${prefix}${name}/`, depth + 1),
  );
  return [...files, ...(await Promise.all(nested)).flat()];
}

export async function isFile(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}

/** The files in the payload folders of the setting next to one folder, and the `event.json` next to these. */
async function filesNextTo(folder: vscode.Uri): Promise<EventFile[]> {
  const names = setting('codeLens.payloadFolders').filter((name) => name !== '');
  const inFolders = await Promise.all(names.map(async (name) => jsonFiles(vscode.Uri.joinPath(folder, name))));
  const uri = vscode.Uri.joinPath(folder, 'event.json');
  return [...inFolders.flat(), ...((await isFile(uri)) ? [{ uri, path: 'event.json' }] : [])].slice(0, MAX_FILES);
}

/** The event files of a function, by folder: those next to its template first. */
export async function eventFilesOf({ folder, file, source }: LocalFunctionView): Promise<EventFile[][]> {
  const path = (fsPath: string) => vscode.Uri.file(fsPath).path;
  const folders = eventFolders({
    folder: path(folder),
    template: path(file),
    ...(source !== undefined && { source: path(source) }),
  });
  const root = vscode.Uri.file(folder);
  return Promise.all(folders.map(async (each) => filesNextTo(root.with({ path: each }))));
}
