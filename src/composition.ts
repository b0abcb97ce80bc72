import * as vscode from 'vscode';
import { lazy } from './core/async/lazy.ts';
import { createKnownFunctions } from './core/functions/knownFunctions.ts';
import { runCallback, runCommand } from './host/wiring/callbacks.ts';
import { askMfaCode } from './host/connections/askMfaCode.ts';
import { Connections } from './host/connections/connections.ts';
import { createConnections } from './host/connections/feature.ts';
import { networkSettings } from './host/connections/networkSettings.ts';
import { mergeHandlers, type Handlers } from './host/wiring/feature.ts';
import { createForm, createForms } from './host/form/feature.ts';
import { createFunctionBrowser } from './host/functionBrowser/feature.ts';
import { createFunctions } from './host/functions/feature.ts';
import { LocalFunctions } from './host/functions/localFunctions.ts';
import { LocalProcess } from './host/functions/localProcess.ts';
import { createStores } from './host/history/createStores.ts';
import { createHistory } from './host/history/feature.ts';
import { createImportExport } from './host/importExport/feature.ts';
import { createInvocations } from './host/invoking/createInvocations.ts';
import { createInvoking } from './host/invoking/feature.ts';
import { createRun } from './host/invoking/runner.ts';
import { createLogs } from './host/logs/feature.ts';
import { OutputLog } from './host/logs/outputLog.ts';
import { createPresets } from './host/presets/feature.ts';
import { createTesting } from './host/testing/feature.ts';
import { createLazyCommands } from './host/wiring/lazyCommands.ts';
import type { Services, Views } from './host/wiring/services.ts';

export type Composition = ReturnType<typeof createComposition>;

/** Creates and connects all features. Large bundles load with their first use, and nothing is sent before a user acts. */
export function createComposition(context: Services['context'], views: Views) {
  const aws = lazy(async () => {
    const { createAws } = await import('./aws/index.ts');
    setTimeout(() => connections.refresh());
    return createAws(process.env, { network: networkSettings, askMfaCode });
  });
  const output = new OutputLog();
  const local = new LocalProcess(context, output);
  const connections = new Connections({ memento: context.workspaceState, aws, local, status: views.status });
  const localFunctions = new LocalFunctions(local);
  const sources = { aws, local, connections, localFunctions, knownFunctions: createKnownFunctions() };
  const base = {
    ...sources,
    context,
    views,
    invocations: createInvocations(sources),
    ...createStores(context),
    output,
    ...createLazyCommands(() => services),
  };
  const forms = createForms(base);
  const services: Services = { ...base, forms, run: createRun({ ...base, forms }) };
  const features = {
    logs: createLogs(services),
    history: createHistory(services),
    form: createForm(services),
    connections: createConnections(services),
    presets: createPresets(services),
    testing: createTesting(services),
    functions: createFunctions(services),
    functionBrowser: createFunctionBrowser(services),
    importExport: createImportExport(services),
    invoking: createInvoking(services),
  };
  const handlers = mergeHandlers(features) satisfies Handlers;
  return {
    ...features,
    runCallback,
    runCommand: (name: keyof Handlers, args: readonly unknown[]) => runCommand(() => handlers[name](...args)),
    dispose: () => vscode.Disposable.from(...Object.values(features)).dispose(),
  };
}
