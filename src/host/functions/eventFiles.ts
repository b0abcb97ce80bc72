import * as vscode from 'vscode';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { eventFolders } from '../../core/samples/eventChoice.ts';
import { setting } from '../settings.ts';

/** The maximum number of files per folder, so that the quick pick stays usable. */
const MAX_FILES = 200;

/** The depth of the search in a payload folder: `events/hello/put.json` is found, but deeper files aren't. */
const MAX_DEPTH = 2;

/** A JSON file of a payload folder. */
interface FoundFile {
  readonly uri: vscode.Uri;
  /** Relative to its payload folder, with `/`. */
  readonly path: string;
}

/** A JSON file that a function might receive. */
export interface EventFile extends FoundFile {
  /** The URI path of the folder that its payload folder is in. */
  readonly nextTo: string;
}

/** The content of a folder, sorted by name. Empty if it doesn't exist. */
async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (all) => all,
    () => [],
  );
  return entries.toSorted(([one], [other]) => one.localeCompare(other));
}

/** The JSON files of a payload folder and its subfolders. The type of a symbolic link includes that of its target. */
async function jsonFiles(folder: vscode.Uri, prefix = '', depth = 1): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
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

/** The files in the payload folders of a folder, which a setting names, and the folder's own `event.json`. */
async function filesNextTo(folder: vscode.Uri): Promise<EventFile[]> {
  const names = setting('codeLens.payloadFolders').filter((name) => name !== '');
  const inFolders = await Promise.all(names.map(async (name) => jsonFiles(vscode.Uri.joinPath(folder, name))));
  const uri = vscode.Uri.joinPath(folder, 'event.json');
  const files = [...inFolders.flat(), ...((await isFile(uri)) ? [{ uri, path: 'event.json' }] : [])];
  return files.slice(0, MAX_FILES).map((file) => ({ ...file, nextTo: folder.path }));
}

/** The URI paths of the folders next to which a function has its event files. */
export function eventFoldersOf({ folder, file, source }: LocalFunctionView): string[] {
  const path = (fsPath: string) => vscode.Uri.file(fsPath).path;
  return eventFolders({
    folder: path(folder),
    template: path(file),
    ...(source !== undefined && { source: path(source) }),
  });
}

/** The event files of a function by folder, nearest to its template first. */
export async function eventFilesOf(fn: LocalFunctionView): Promise<EventFile[][]> {
  const root = vscode.Uri.file(fn.folder);
  return Promise.all(eventFoldersOf(fn).map(async (each) => filesNextTo(root.with({ path: each }))));
}
