import * as vscode from 'vscode';
import type { Connection } from '../core/connection.ts';
import type { Invocation } from '../core/invocation.ts';
import { toPreset } from '../core/preset.ts';
import { askFolder, askPresetName } from './askPresetName.ts';
import { payloadPath, presetsUri, readPresetNames, savePreset } from './presetStore.ts';

/** Save as Preset: asks for a name and writes the preset. Rejects with InvokeError where it could not. */
export async function savePresetFlow(invocation: Invocation, connection: Connection): Promise<void> {
  const folder = await askFolder();
  if (folder === undefined) return;
  const name = await askPresetName(invocation, await readPresetNames(folder));
  if (name === undefined) return;
  await savePreset(folder, toPreset(name, { invocation, connection, toPath: (uri) => payloadPath(folder, uri) }));
  const open = vscode.l10n.t('Open File');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Saved the preset “{0}”.', name), open);
  if (answer === open) await vscode.window.showTextDocument(presetsUri(folder));
}
