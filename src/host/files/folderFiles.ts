import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { TestFiles } from '../../app/testing/testFiles.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { writeAtomically } from './atomicFile.ts';
import { currentFolder } from './currentFolder.ts';
import { linkTarget } from './linkTarget.ts';
import { checkWorkspaceFile, readWorkspaceFile } from './readWorkspaceFile.ts';

/** Larger files with cases, and larger snapshots, aren't read. In bytes. */
const MAX_READ = 10_000_000;

const withSlashes = (path: string) => path.replaceAll('\\', '/');

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

const readUri = (uri: vscode.Uri) => unlessMissing(readWorkspaceFile(uri, MAX_READ));

async function existsUri(uri: vscode.Uri): Promise<boolean> {
  return (await unlessMissing(checkWorkspaceFile(uri, MAX_READ).then(() => true))) === true;
}

/** Other file systems can't resolve links, so they're refused. */
async function refuseLink(uri: vscode.Uri): Promise<void> {
  const stats = await vscode.workspace.fs.stat(uri).then(undefined, () => undefined);
  const isLink = stats !== undefined && (stats.type & vscode.FileType.SymbolicLink) !== 0;
  if (isLink) throw new InvokeError(message('testFileOutside', vscode.workspace.asRelativePath(uri)));
}

function folderFiles({ uri }: vscode.WorkspaceFolder): TestFiles {
  if (uri.scheme === 'file') {
    return {
      root: withSlashes(uri.fsPath),
      realPath: async (path) => withSlashes(await linkTarget(path)),
      read: (path) => readUri(vscode.Uri.file(path)),
      exists: (path) => existsUri(vscode.Uri.file(path)),
      async write(path, bytes) {
        await mkdir(dirname(path), { recursive: true });
        await writeAtomically(path, bytes);
      },
    };
  }
  const at = (path: string) => uri.with({ path });
  return {
    root: uri.path,
    async realPath(path) {
      if (path !== uri.path) await refuseLink(at(path));
      return path;
    },
    read: (path) => readUri(at(path)),
    exists: (path) => existsUri(at(path)),
    async write(path, bytes) {
      await vscode.workspace.fs.createDirectory(at(dirname(path)));
      await vscode.workspace.fs.writeFile(at(path), bytes);
    },
  };
}

/** Personal presets have no folder. Their files are in the current folder. */
interface InFolder {
  readonly folder?: vscode.WorkspaceFolder;
}

/** The files of a preset's workspace folder, by default of the current folder. Undefined if no folder is open. */
export function filesOf({ folder = currentFolder() }: InFolder): TestFiles | undefined {
  return folder && folderFiles(folder);
}

/** A file of a preset's folder, for editors. Undefined if no folder is open. */
export function testFileUri({ folder = currentFolder() }: InFolder, path: string): vscode.Uri | undefined {
  return folder && vscode.Uri.joinPath(folder.uri, withSlashes(path));
}
