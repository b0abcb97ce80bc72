import * as vscode from 'vscode';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { decodeText } from '../../core/json/decodeText.ts';
import { message } from '../../core/messages/messages.ts';
import { readWorkspaceFile } from './readWorkspaceFile.ts';

/** Larger configuration files aren't read. In bytes. */
const MAX_BYTES = 10_000_000;

/**
 * Reads a text file of another tool. Returns undefined if it is missing. Rejects with InvokeError if it isn't a regular
 * file, is too large, or isn't UTF-8.
 */
export async function readTextFile(uri: vscode.Uri): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readWorkspaceFile(uri, MAX_BYTES);
  } catch (error) {
    if (isInvokeError(error)) throw error;
    return undefined;
  }
  const decoded = decodeText(bytes);
  if (decoded.kind === 'text') return decoded.text;
  const label = vscode.workspace.asRelativePath(uri);
  throw new InvokeError(message(decoded.kind === 'utf16' ? 'fileUtf16' : 'fileNotUtf8', label));
}
