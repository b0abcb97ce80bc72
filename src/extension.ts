import * as vscode from 'vscode';
import type { Composition } from './composition.ts';
import { lazy } from './core/async/lazy.ts';
import type { LastNotified } from './host/wiring/callbacks.ts';
import { createCompareDocuments } from './host/compare/compareDocuments.ts';
import { createStatusItem } from './host/connections/statusItem.ts';
import { EARLY_COMMANDS, FOLLOW_VIEW_TYPE, FORM_VIEW_TYPE } from './host/contributions.ts';
import { createFormTab } from './host/form/formTab.ts';
import { closeRestoredPayloads } from './host/form/payloadTabs.ts';
import { createFunctionsView } from './host/functions/functionsView.ts';
import { createHistoryView } from './host/history/historyView.ts';
import { registerPayloadLenses } from './host/invoking/payloadLenses.ts';
import { createPresetsView } from './host/presets/presetsView.ts';
import { createTestController } from './host/testing/testController.ts';
import { registerCommands } from './host/wiring/registerCommands.ts';

/** Only registers: the first used command, view or lens loads the composition. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions, extensionUri, globalStorageUri, workspaceState } = context;
  void closeRestoredPayloads();
  const composition = lazy(async () => {
    const { createComposition } = await import('./composition.ts');
    const created = createComposition(context, views);
    subscriptions.push(created);
    return created;
  });

  type Call<Args extends unknown[], T> = (composition: Composition, ...args: Args) => T | Promise<T>;

  /** A callback that shows its error. */
  const callback =
    <Args extends unknown[], T>(call: Call<Args, T>, otherwise: T, last?: LastNotified) =>
    async (...args: Args): Promise<T> => {
      const created = await composition();
      return created.runCallback(() => call(created, ...args), otherwise, last);
    };
  /** A callback for lenses and quick fixes. */
  const editorCallback = <Args extends unknown[], T>(call: Call<Args, T[]>) => callback(call, [], { sentence: '' });

  const views = {
    presets: createPresetsView({
      children: callback(async ({ presets }, node) => (await presets.presets()).children(node), []),
      handleDrag: callback(async ({ presets }, ...drag) => (await presets.presets()).handleDrag(...drag), undefined),
      handleDrop: callback(async ({ presets }, ...drop) => (await presets.presets()).handleDrop(...drop), undefined),
    }),
    functions: createFunctionsView(callback(({ functions }) => functions.rows(), [])),
    history: createHistoryView(callback(({ history }, node) => history.children(node), [])),
    comparisons: createCompareDocuments(callback(({ compare }, uri) => compare.text(uri), '')),
    tests: createTestController(callback(({ testing }, item) => testing.resolve(item), undefined)),
    status: createStatusItem(workspaceState),
  };
  subscriptions.push(...Object.values(views), registerPayloadLenses());

  /** The tab of the first form is created while the form is loading, because VS Code also needs time to create its page. */
  async function openFirstForm(): Promise<void> {
    const tab = createFormTab(vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), {
      viewColumn: vscode.ViewColumn.Active,
    });
    let isClosed = false;
    tab.onDidDispose(() => (isClosed = true));
    try {
      const { form } = await composition();
      if (!isClosed) form.openIn(tab);
    } catch (error) {
      tab.dispose();
      throw error;
    }
  }
  subscriptions.push(
    registerCommands(context.extension, async (id, args) => {
      if (id === EARLY_COMMANDS.invokeFunction && composition.current === undefined) return openFirstForm();
      return (await composition()).runCommand(id, args);
    }),
  );

  const presetsFiles: vscode.DocumentSelector = [
    { pattern: '**/.vscode/lambda-invoke.json' },
    { pattern: new vscode.RelativePattern(globalStorageUri, 'lambda-invoke.json') },
  ];
  const sources = ['javascript', 'typescript', 'python'].map((language) => ({ language, scheme: 'file' }));
  subscriptions.push(
    vscode.languages.registerCodeLensProvider(presetsFiles, {
      provideCodeLenses: editorCallback(async ({ presets }, document) => (await presets.presets()).lenses(document)),
    }),
    vscode.languages.registerCodeActionsProvider(presetsFiles, {
      provideCodeActions: editorCallback(async ({ presets }, document, range) =>
        (await presets.presets()).fixes(document, range),
      ),
    }),
    vscode.languages.registerCodeLensProvider(sources, {
      provideCodeLenses: editorCallback(({ functions }, document) => functions.lenses(document)),
    }),
  );

  subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(FORM_VIEW_TYPE, {
      deserializeWebviewPanel: callback(({ form }, ...restored) => form.restore(...restored), undefined),
    }),
    vscode.window.registerWebviewPanelSerializer(FOLLOW_VIEW_TYPE, {
      deserializeWebviewPanel: callback(({ logs }, ...restored) => logs.restore(...restored), undefined),
    }),
  );
}
