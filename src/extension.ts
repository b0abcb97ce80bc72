import * as vscode from 'vscode';
import { COMMANDS, FORM_VIEW_TYPE } from './host/contributions.ts';
import type { Workbench } from './workbench.ts';

/** Registers, and nothing else: what the commands do is loaded with the first of them. */
export function activate({ subscriptions, workspaceState, extensionUri }: vscode.ExtensionContext): void {
  let workbench: Promise<Workbench> | undefined;

  async function load(): Promise<Workbench> {
    const { createWorkbench } = await import('./workbench.ts');
    const created = createWorkbench({ workspaceState, extensionUri });
    subscriptions.push(created);
    return created;
  }
  const loaded = () => (workbench ??= load());

  for (const [name, id] of Object.entries(COMMANDS) as [keyof typeof COMMANDS, string][]) {
    const run = async (argument?: unknown) => (await loaded()).handlers[name](argument);
    subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  const restore = async (panel: vscode.WebviewPanel, state: unknown) =>
    (await loaded()).forms.deserializeWebviewPanel(panel, state);
  subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(FORM_VIEW_TYPE, { deserializeWebviewPanel: restore }),
  );
}
