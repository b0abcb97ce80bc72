import * as vscode from 'vscode';
import { notify } from '../notify.ts';

/** The documents that a command applies to, or else the document in the active editor. */
export function targetDocuments(uri: unknown, selected?: unknown): vscode.Uri[] {
  const uris = Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [];
  const payloads = uris.filter(({ path }) => path.endsWith('.json'));
  // The selection can contain folders and other files.
  if (uris.length > 0) return payloads.length > 0 ? payloads : uris;
  if (uri instanceof vscode.Uri) return [uri];
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active !== undefined) return [active];
  notify('information', vscode.l10n.t('Open a payload file in the editor first.'));
  return [];
}
