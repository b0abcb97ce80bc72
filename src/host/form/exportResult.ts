import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { prettyJson } from '../../core/json/jsonText.ts';
import { message } from '../../core/messages/messages.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { toResponseText } from '../../core/outcome/response.ts';
import { notify } from '../notify.ts';
import type { FormDependencies } from './formDependencies.ts';
import type { Destination, OutcomePart } from '../../protocol/toHost.ts';

interface Piece {
  /** The bytes as received. */
  readonly bytes: Uint8Array;
  /** Formatted JSON or text; undefined for binary data. */
  readonly text: string | undefined;
  readonly language: string;
  readonly fileName: string;
}

function pieceOf(
  { order, result: { outcome, Payload = new Uint8Array() } }: EndedInvocation,
  part: OutcomePart,
  wholeLog: string | undefined,
): Piece {
  const name = describeFunction(order.invocation).replaceAll(/[^\w.-]+/g, '-');
  if (part === 'log') {
    const text = wholeLog ?? (hasResponse(outcome) ? (outcome.logTail?.text ?? '') : '');
    return { bytes: new TextEncoder().encode(text), text, language: 'log', fileName: `${name}.log` };
  }
  const response = toResponseText(Payload);
  switch (response.kind) {
    case 'json':
      return { bytes: Payload, text: prettyJson(response.text), language: 'json', fileName: `${name}-response.json` };
    case 'text':
      return { bytes: Payload, text: response.text, language: 'plaintext', fileName: `${name}-response.txt` };
    case 'empty':
      return { bytes: Payload, text: '', language: 'plaintext', fileName: `${name}-response.json` };
    case 'binary':
      return { bytes: Payload, text: undefined, language: 'plaintext', fileName: `${name}-response.bin` };
  }
}

async function save({ bytes, fileName }: Piece): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const options = folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) };
  const uri = await vscode.window.showSaveDialog(options);
  if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, bytes);
}

/** Exports a part of an outcome to the clipboard, a file (bytes as received), or an editor. */
export async function exportResult(
  ended: EndedInvocation,
  { part, to, wholeLog }: { part: OutcomePart; to: Destination; wholeLog?: FormDependencies['wholeLog'] },
): Promise<void> {
  const { stream } = ended.result.outcome;
  if (part === 'response' && stream !== undefined && stream.bufferedBytes < stream.bytes) {
    notify('warning', message('streamPartHeld', stream.bufferedBytes, stream.bytes));
  }
  const log = part === 'log' ? await wholeLog?.(ended.result.outcome) : undefined;
  const piece = pieceOf(ended, part, log);
  if (to === 'file') return save(piece);
  if (piece.text === undefined) {
    notify('warning', vscode.l10n.t('The response is binary. Save it to a file instead.'));
    return;
  }
  if (to === 'clipboard') return vscode.env.clipboard.writeText(piece.text);
  const document = await vscode.workspace.openTextDocument({ content: piece.text, language: piece.language });
  await vscode.window.showTextDocument(document, { preview: false });
}
