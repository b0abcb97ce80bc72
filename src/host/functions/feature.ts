import * as vscode from 'vscode';
import { SETTINGS_SECTION } from '../contributions.ts';
import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import type { Services } from '../wiring/services.ts';
import type { FunctionRow } from './functionRows.ts';

const NAMES = [
  'runFunction',
  'debugFunction',
  'debugFile',
  'openFunctionInForm',
  'selectFunctionEvent',
  'clickFunction',
  'openDeployedFunction',
  'openFunctionHandler',
  'openFunctionTemplate',
  'restartFunction',
  'showFunctionLog',
  'newLocalFunction',
  'installSdk',
  'selectExecution',
  'clearExecutions',
] as const;

interface FunctionsFeature extends Feature<(typeof NAMES)[number] | 'refreshFunctions'> {
  rows(): Promise<FunctionRow[]>;
  lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]>;
}

/** The functions of the workspace, and the process that runs them. */
export function createFunctions({
  functions: commands,
  local,
  localFunctions,
  views,
}: Pick<Services, 'functions' | 'local' | 'localFunctions' | 'views'>): FunctionsFeature {
  const refresh = () => views.functions.refresh();
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
      const affectsList = ['templates', 'local.layers'].some((key) =>
        change.affectsConfiguration(`${SETTINGS_SECTION}.${key}`),
      );
      if (affectsList || change.affectsConfiguration(`${SETTINGS_SECTION}.local`)) local.configure();
      if (affectsList) void localFunctions.invalidate();
    }),
  );
  return {
    handlers: { ...lazyHandlers(NAMES, commands), refreshFunctions: refresh },
    rows: async () => (await commands()).rows(),
    lenses: async (document) => (await commands()).lenses(document),
    dispose: () => owned.dispose(),
  };
}
