import * as vscode from 'vscode';
import { InvokeError } from '../core/invokeError.ts';
import { message } from '../core/messages.ts';

const MEGABYTE = 1_000_000;

/** Whether a path leads to a regular file, also through a link: not to a folder, a pipe, a socket or a device. */
export function isRegularFile({ type }: vscode.FileStat): boolean {
  return (type & vscode.FileType.File) !== 0;
}

/**
 * A file's bytes, of a regular file of at most `maxBytes`: reading a pipe or a device may never end. Rejects with
 * FileSystemError where there is none, and with InvokeError for anything else that isn't read.
 */
export async function readWorkspaceFile(uri: vscode.Uri, maxBytes: number): Promise<Uint8Array> {
  const stats = await vscode.workspace.fs.stat(uri);
  const label = vscode.workspace.asRelativePath(uri);
  if (!isRegularFile(stats)) throw new InvokeError(message('fileNotRegular', label));
  if (stats.size > maxBytes) throw new InvokeError(message('fileTooLarge', label, maxBytes / MEGABYTE));
  return vscode.workspace.fs.readFile(uri);
}
