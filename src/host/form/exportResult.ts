import * as vscode from 'vscode';
import type { HeldResult } from '../../app/results.ts';
import { message } from '../../core/messages/messages.ts';
import { notify } from '../notify.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import type { ResultDocuments } from './resultDocuments.ts';
import { isGone, resultPiece, type ResultPiece } from './resultPiece.ts';

type Export = Pick<Extract<ToHost, { type: 'exportResult' }>, 'part' | 'to'>;

async function save({ bytes, fileName }: ResultPiece): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const options = folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) };
  const uri = await vscode.window.showSaveDialog(options);
  if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, bytes);
}

/** Exports a part of a result to the clipboard, a file (bytes as received), or a read-only editor. */
export async function exportResult(
  held: HeldResult,
  { part, to }: Export,
  documents: Pick<ResultDocuments, 'open'>,
): Promise<void> {
  if (isGone(held, part)) return notify('warning', message('bodiesDropped'));
  const { stream } = held.ended.result.outcome;
  if (part === 'response' && stream !== undefined && stream.bufferedBytes < stream.bytes) {
    notify('warning', message('streamPartHeld', stream.bufferedBytes, stream.bytes));
  }
  const piece = resultPiece(held, part);
  if (to === 'file') return save(piece);
  if (piece.text === undefined) {
    notify('warning', vscode.l10n.t('The response is binary. Save it to a file instead.'));
    return;
  }
  if (to === 'clipboard') await vscode.env.clipboard.writeText(piece.text);
  else await documents.open(held, part, piece.fileName);
}
