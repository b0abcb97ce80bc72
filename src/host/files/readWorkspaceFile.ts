import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';

const MEGABYTE = 1_000_000;

/** Whether a path leads to a regular file, also through a link: not to a folder, a pipe, a socket or a device. */
export function isRegularFile({ type }: vscode.FileStat): boolean {
  return (type & vscode.FileType.File) !== 0;
}

/** VS Code has one type for a link to nothing and for a link to a pipe. */
async function leadsNowhere(uri: vscode.Uri, { type }: vscode.FileStat): Promise<boolean> {
  if (type !== vscode.FileType.SymbolicLink || uri.scheme !== 'file') return false;
  return stat(uri.fsPath).then(
    () => false,
    (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
  );
}

/**
 * A file's bytes, of a regular file of at most `maxBytes`: reading a pipe or a device may never end. Rejects with
 * FileSystemError where there is none, and with InvokeError for anything else that isn't read.
 */
export async function readWorkspaceFile(uri: vscode.Uri, maxBytes: number): Promise<Uint8Array> {
  const stats = await vscode.workspace.fs.stat(uri);
  const label = vscode.workspace.asRelativePath(uri);
  if (await leadsNowhere(uri, stats)) throw vscode.FileSystemError.FileNotFound(uri);
  if (!isRegularFile(stats)) throw new InvokeError(message('fileNotRegular', label));
  if (stats.size > maxBytes) throw new InvokeError(message('fileTooLarge', label, maxBytes / MEGABYTE));
  return vscode.workspace.fs.readFile(uri);
}
