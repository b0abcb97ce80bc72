import * as vscode from 'vscode';
import { currentFolder } from './currentFolder.ts';

/** The first of the files dropped on the form. In remote windows, their scheme differs from that of the host. */
export function droppedUri(text: string): vscode.Uri | undefined {
  const first = text.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
  if (first === undefined) return undefined;
  const uri = vscode.Uri.parse(first);
  const folder = currentFolder();
  return uri.scheme === 'vscode-remote' && folder?.uri.scheme !== 'vscode-remote' ? vscode.Uri.file(uri.path) : uri;
}
