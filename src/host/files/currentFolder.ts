import * as vscode from 'vscode';

/** The workspace folder of the active editor, else the first one. */
export function currentFolder(): vscode.WorkspaceFolder | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  const activeFolder = active && vscode.workspace.getWorkspaceFolder(active);
  return activeFolder ?? vscode.workspace.workspaceFolders?.[0];
}
