import * as vscode from 'vscode';
import type { Message } from '../../core/messages/messages.ts';
import { notify } from '../notify.ts';
import type { StorePresets } from './presetFiles.ts';

/** The line of a problem in a presets file, from 0. */
export function problemLine({ code, args }: Message): number {
  if (code === 'presetsBroken') return Number(args[1]) - 1;
  return code === 'presetInvalid' ? Number(args[0]) - 1 : 0;
}

/** Opens a presets file at a line. */
export async function showLine(uri: vscode.Uri, line: number): Promise<void> {
  const position = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position), preview: false });
}

/** Shows problems of presets files in notifications, with a button that opens the line. */
export function reportProblems(all: readonly StorePresets[]): void {
  for (const { store, file } of all) {
    for (const problem of file.problems) {
      notify('error', problem, {
        label: vscode.l10n.t('Open File'),
        run: () => showLine(store.uri, problemLine(problem)),
      });
    }
  }
}
