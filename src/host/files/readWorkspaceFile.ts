import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';

const MEGABYTE = 1_000_000;

/** Whether a path is a regular file or a link to one, and not a folder, pipe, socket or device. */
export function isRegularFile({ type }: vscode.FileStat): boolean {
  return (type & vscode.FileType.File) !== 0;
}

/** The type of both broken links and links to pipes. */
async function leadsNowhere(uri: vscode.Uri, { type }: vscode.FileStat): Promise<boolean> {
  if (type !== vscode.FileType.SymbolicLink || uri.scheme !== 'file') return false;
  return stat(uri.fsPath).then(
    () => false,
    (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
  );
}

/** Rejects with FileSystemError for a missing file, and with InvokeError for one that readWorkspaceFile refuses. */
export async function checkWorkspaceFile(uri: vscode.Uri, maxBytes: number): Promise<void> {
  const stats = await vscode.workspace.fs.stat(uri);
  const label = vscode.workspace.asRelativePath(uri);
  if (await leadsNowhere(uri, stats)) throw vscode.FileSystemError.FileNotFound(uri);
  if (!isRegularFile(stats)) throw new InvokeError(message('fileNotRegular', label));
  if (stats.size > maxBytes) throw new InvokeError(message('fileTooLarge', label, maxBytes / MEGABYTE));
}

/**
 * Reads a regular file of at most `maxBytes`, because reading a pipe or device might never end. Rejects with
 * FileSystemError for a missing file, and with InvokeError otherwise.
 */
export async function readWorkspaceFile(uri: vscode.Uri, maxBytes: number): Promise<Uint8Array> {
  await checkWorkspaceFile(uri, maxBytes);
  return vscode.workspace.fs.readFile(uri);
}
