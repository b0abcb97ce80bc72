import * as vscode from 'vscode';

/**
 * Questions stay until they are answered or Escape is pressed. VS Code gives the focus back to the form a moment after a
 * question closes; the next one would close with it, and what was typed would be gone.
 */
const STAYS = { ignoreFocusOut: true } as const;

export function askChoice<Item extends vscode.QuickPickItem>(
  items: readonly Item[] | Promise<readonly Item[]>,
  options: vscode.QuickPickOptions,
): Thenable<Item | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ...STAYS });
}

export function askChoices<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Thenable<Item[] | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ...STAYS, canPickMany: true });
}

export function askText(options: vscode.InputBoxOptions): Thenable<string | undefined> {
  return vscode.window.showInputBox({ ...options, ...STAYS });
}

/** A quick pick that is built step by step. */
export function createChoice<Item extends vscode.QuickPickItem>(title: string): vscode.QuickPick<Item> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = title;
  picker.ignoreFocusOut = true;
  return picker;
}
