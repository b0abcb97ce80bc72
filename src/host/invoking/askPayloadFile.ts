import * as vscode from 'vscode';

/** Asks for a payload file. The dialog starts in `folder`. */
export async function askPayloadFile(folder: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Select Payload File'),
      openLabel: vscode.l10n.t('Use as Payload'),
      filters: { JSON: ['json'], [vscode.l10n.t('All Files')]: ['*'] },
      ...(folder !== undefined && { defaultUri: folder }),
    })) ?? [];
  return uri;
}
