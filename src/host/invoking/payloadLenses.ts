import * as vscode from 'vscode';
import { EARLY_COMMANDS, SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { createLens } from '../ui/labels.ts';

const FOLDERS = 'codeLens.payloadFolders';

/** Invoke… above the first line of a payload. */
function payloadLens({ uri }: vscode.TextDocument): vscode.CodeLens[] {
  const title = vscode.l10n.t('Invoke…');
  const range = new vscode.Range(0, 0, 0, 0);
  return [createLens(range, { icon: 'play', title, command: EARLY_COMMANDS.invokeFile, arguments: [uri] })];
}

/** JSON files in the folders of the setting. */
function payloadSelector(): vscode.DocumentSelector {
  const names = vscode.workspace.getConfiguration(SETTINGS_SECTION).get<readonly string[]>(FOLDERS, SETTINGS[FOLDERS]);
  const plain = names.filter((name) => name !== '').map((name) => name.replaceAll(/[[\]{}*?,]/g, '[$&]'));
  return plain.flatMap((name) =>
    (vscode.workspace.workspaceFolders ?? []).map((folder) => ({
      language: 'json',
      pattern: new vscode.RelativePattern(folder, `**/${name}/**/*.json`),
    })),
  );
}

/** Code lenses for payloads. Registered again when the setting or the folders change. */
export function registerPayloadLenses(): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const register = () => {
    registered?.dispose();
    const selector = payloadSelector();
    registered = vscode.languages.registerCodeLensProvider(selector, { provideCodeLenses: payloadLens });
  };
  register();
  const changes = [
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SETTINGS_SECTION}.${FOLDERS}`)) register();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(register),
    { dispose: () => registered?.dispose() },
  ];
  return vscode.Disposable.from(...changes);
}
