import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import { SETTINGS_SECTION } from '../contributions.ts';
import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import type { FunctionServices } from './commands.ts';
import type { FunctionRow } from './functionRows.ts';

const NAMES = [
  'runFunction',
  'debugFunction',
  'openFunctionInForm',
  'selectFunctionEvent',
  'clickFunction',
  'openDeployedFunction',
  'openFunctionHandler',
  'openFunctionTemplate',
  'restartFunction',
  'showFunctionLog',
  'newLocalFunction',
] as const;

interface FunctionsFeature extends Feature<(typeof NAMES)[number] | 'refreshFunctions'> {
  rows(): Promise<FunctionRow[]>;
  lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]>;
}

/** The functions of the workspace, and the process that runs them. */
export function createFunctions(services: FunctionServices): FunctionsFeature {
  const { local, localFunctions, views } = services;
  const { refresh } = views.functions;
  const commands = lazy(async () => (await import('./commands.ts')).createFunctionCommands(services));
  const owned = vscode.Disposable.from(
    local,
    localFunctions,
    disposeLoaded(commands),
    localFunctions.onDidChange(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      local.configure();
      refresh();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const affectsTemplates = change.affectsConfiguration(`${SETTINGS_SECTION}.templates`);
      if (affectsTemplates || change.affectsConfiguration(`${SETTINGS_SECTION}.local`)) local.configure();
      if (affectsTemplates) void localFunctions.forget();
    }),
  );
  return {
    handlers: { ...lazyHandlers(NAMES, commands), refreshFunctions: refresh },
    rows: async () => (await commands()).rows(),
    lenses: async (document) => (await commands()).lenses(document),
    dispose: () => owned.dispose(),
  };
}
