import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { StreamSink } from '../../app/responseStream.ts';
import { notify } from '../notify.ts';
import { labelOf } from '../invoking/payloadFiles.ts';

/** A file that a stream is written to, without buffering. */
async function openSink(uri: vscode.Uri): Promise<StreamSink> {
  const file = await open(uri.fsPath, 'w');
  return {
    label: labelOf(uri),
    async write(bytes) {
      for (let at = 0; at < bytes.byteLength;) at += (await file.write(bytes, at)).bytesWritten;
    },
    end: () => file.close(),
  };
}

/** Prompts for the file of a streamed response. Returns undefined if canceled. The first byte creates the file. */
export async function askStreamFile(): Promise<StreamSink | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Stream to File'),
    ...(folder?.scheme === 'file' && { defaultUri: vscode.Uri.joinPath(folder, 'response.txt') }),
  });
  if (uri === undefined) return undefined;
  if (uri.scheme !== 'file') {
    notify('warning', vscode.l10n.t('Streams can only be saved to a file on disk.'));
    return undefined;
  }
  let sink: Promise<StreamSink> | undefined;
  return {
    label: labelOf(uri),
    write: async (bytes) => (await (sink ??= openSink(uri))).write(bytes),
    end: async () => (await (sink ??= openSink(uri))).end(),
  };
}
