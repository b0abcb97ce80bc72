import * as vscode from 'vscode';
import { FORM_VIEW_TYPE } from '../contributions.ts';

interface FormTabOptions {
  readonly viewColumn: vscode.ViewColumn;
  readonly preserveFocus?: boolean;
}

/** Creates the tab of a form, whose page is still empty. `root` has the files of the page. */
export function createFormTab(root: vscode.Uri, showOptions: FormTabOptions): vscode.WebviewPanel {
  // Without enableFindWidget: it finds only what is drawn, and the editors of the page draw only visible lines.
  const options = { enableScripts: true, localResourceRoots: [root] };
  return vscode.window.createWebviewPanel(FORM_VIEW_TYPE, vscode.l10n.t('Invoke Function'), showOptions, options);
}
