import * as vscode from 'vscode';
import { InvokeError } from '../core/invokeError.ts';
import { decodeText } from '../core/json/decodeText.ts';
import { message } from '../core/messages.ts';

/** A text file that another tool wrote; undefined where it cannot be read. Rejects with InvokeError where it is not UTF-8. */
export async function readTextFile(uri: vscode.Uri): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
  const decoded = decodeText(bytes);
  if (decoded.kind === 'text') return decoded.text;
  const label = vscode.workspace.asRelativePath(uri);
  throw new InvokeError(message(decoded.kind === 'utf16' ? 'fileUtf16' : 'fileNotUtf8', label));
}
