import * as vscode from 'vscode';
import { currentFolder } from './currentFolder.ts';

/** The first file of a list that was dropped on the form. A remote window's page names it by another scheme than the host. */
export function droppedUri(text: string): vscode.Uri | undefined {
  const first = text.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
  if (first === undefined) return undefined;
  const uri = vscode.Uri.parse(first);
  const folder = currentFolder();
  return uri.scheme === 'vscode-remote' && folder?.uri.scheme !== 'vscode-remote' ? vscode.Uri.file(uri.path) : uri;
}
