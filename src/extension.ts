import * as vscode from 'vscode';
import { createStatusItem } from './host/connections/statusItem.ts';
import { COMMANDS, FORM_VIEW_TYPE } from './host/contributions.ts';
import { createFunctionsView } from './host/functions/functionsView.ts';
import { registerPayloadLenses } from './host/invoking/payloadLenses.ts';
import { createPresetsView } from './host/presets/presetsView.ts';
import type { Composition } from './composition.ts';

/** Registers, and nothing else: what the commands, views and lenses do is loaded with the first of them that is used. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions, globalStorageUri, workspaceState } = context;
  let composition: Promise<Composition> | undefined;

  async function load(): Promise<Composition> {
    const { createComposition } = await import('./composition.ts');
    const created = createComposition(context, { presets, functions, status });
    subscriptions.push(created);
    return created;
  }
  const loaded = () => (composition ??= load());

  const presets = createPresetsView(async () => (await loaded()).presetsView);
  const functions = createFunctionsView(async () => (await loaded()).functionRows());
  const status = createStatusItem(workspaceState);
  subscriptions.push(presets, functions, status, registerPayloadLenses());

  for (const [name, id] of Object.entries(COMMANDS) as [keyof typeof COMMANDS, string][]) {
    const run = async (...given: unknown[]) => (await loaded()).handlers[name](...given);
    subscriptions.push(vscode.commands.registerCommand(id, run));
  }

  const presetsFiles: vscode.DocumentSelector = [
    { pattern: '**/.vscode/lambda-invoke.json' },
    { pattern: new vscode.RelativePattern(globalStorageUri, 'lambda-invoke.json') },
  ];
  subscriptions.push(
    vscode.languages.registerCodeLensProvider(presetsFiles, {
      provideCodeLenses: async (document) => (await loaded()).presetLenses(document),
    }),
    vscode.languages.registerCodeActionsProvider(presetsFiles, {
      provideCodeActions: async (document, range) => (await loaded()).presetFixes(document, range),
    }),
  );

  const sources = ['javascript', 'typescript', 'python'].map((language) => ({ language, scheme: 'file' }));
  subscriptions.push(
    vscode.languages.registerCodeLensProvider(sources, {
      provideCodeLenses: async (document) => (await loaded()).functionLenses(document),
    }),
  );

  const restore = async (panel: vscode.WebviewPanel, state: unknown) =>
    (await loaded()).forms.deserializeWebviewPanel(panel, state);
  subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(FORM_VIEW_TYPE, { deserializeWebviewPanel: restore }),
  );
}
