import * as vscode from 'vscode';
import { describeFunction, type Invocation } from '../core/invocation.ts';

/** Asks which folder keeps a preset; the only one is not asked about. */
export async function askFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Presets are kept in a folder’s .vscode/lambda-invoke.json. Open a folder, then save the preset.'),
    );
    return undefined;
  }
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}

/** Asks for a preset's name; a name that exists is replaced only when that is said. */
export async function askPresetName(
  invocation: Invocation,
  names: ReadonlySet<string | undefined>,
): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Save as Preset'),
    prompt: vscode.l10n.t('Name of the preset'),
    value: describeFunction(invocation),
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('Enter a name.');
      if (!names.has(value.trim())) return undefined;
      const text = vscode.l10n.t('There is a preset of this name. Enter replaces it.');
      return { message: text, severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
  return name?.trim();
}
