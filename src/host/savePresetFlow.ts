import * as vscode from 'vscode';
import type { Connection } from '../core/connection.ts';
import type { Invocation } from '../core/invocation.ts';
import { isInvokeError } from '../core/invokeError.ts';
import { toPreset } from '../core/preset.ts';
import { askFolder, askPresetName } from './askPresetName.ts';
import { sentence } from './localize.ts';
import { payloadPath, presetsUri, readPresets, savePreset, storedPresets } from './presetStore.ts';

/** Save as Preset: asks for a name and writes the preset, or says why it could not. */
export async function savePresetFlow(invocation: Invocation, connection: Connection): Promise<void> {
  const folder = await askFolder();
  if (folder === undefined) return;
  const stored = storedPresets(await readPresets()).filter((preset) => preset.folder.index === folder.index);
  const name = await askPresetName(invocation, stored);
  if (name === undefined) return;
  try {
    await savePreset(folder, toPreset(name, { invocation, connection, toPath: (uri) => payloadPath(folder, uri) }));
  } catch (error) {
    const text = isInvokeError(error) ? sentence(error.reason) : String(error);
    void vscode.window.showErrorMessage(text);
    return;
  }
  const open = vscode.l10n.t('Open File');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Saved the preset “{0}”.', name), open);
  if (answer === open) await vscode.window.showTextDocument(presetsUri(folder));
}
