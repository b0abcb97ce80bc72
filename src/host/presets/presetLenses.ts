import * as vscode from 'vscode';
import { parsePresetsFile } from '../../core/presets/presetsFile.ts';
import { COMMANDS } from '../contributions.ts';
import { createLens } from '../ui/labels.ts';
import type { PresetFiles } from './presetFiles.ts';
import type { PresetRow } from './presetNodes.ts';

/** Run | Open in Form above each preset of a presets file in an editor. */
export function presetLenses(document: vscode.TextDocument, files: Pick<PresetFiles, 'storeOf'>): vscode.CodeLens[] {
  const store = files.storeOf(document.uri);
  if (store === undefined) return [];
  const { entries } = parsePresetsFile(document.getText(), store.fileLabel);
  return entries.flatMap(({ preset, index, offset }) => {
    const position = document.positionAt(offset);
    const range = new vscode.Range(position, position);
    const row: Pick<PresetRow, 'kind' | 'stored'> = { kind: 'preset', stored: { preset, index, store } };
    return [
      createLens(range, { icon: 'play', title: vscode.l10n.t('Run'), command: COMMANDS.runPreset, arguments: [row] }),
      createLens(range, {
        title: vscode.l10n.t('Open in Form'),
        command: COMMANDS.openPresetInForm,
        arguments: [row],
      }),
    ];
  });
}
