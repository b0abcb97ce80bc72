import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import { fetchesLog, logCoverage } from '../../core/outcome/logCoverage.ts';
import type { Outcome } from '../../core/outcome/outcome.ts';
import { sampledTrace } from '../../core/outcome/xrayTrace.ts';
import type { Feature } from '../wiring/feature.ts';
import { createFunctionActions } from '../functionBrowser/functionActions.ts';
import { readWholeLog } from '../functions/wholeLog.ts';
import { notifyOutcome } from '../invoking/notifyOutcome.ts';
import { InvocationTimes } from '../logs/invocationTimes.ts';
import { setting } from '../settings.ts';
import type { Services } from '../wiring/services.ts';
import { askSample } from '../invoking/sampleCommand.ts';
import { createPageHtml } from '../ui/pageHtml.ts';
import { EventFiles } from './eventFiles.ts';
import { FormPanels } from './formPanels.ts';
import { PayloadDocuments } from './payloadDocuments.ts';

type FormServices = Pick<
  Services,
  | 'aws'
  | 'compare'
  | 'connectionCommands'
  | 'connections'
  | 'context'
  | 'follow'
  | 'functionBrowser'
  | 'functions'
  | 'history'
  | 'importExport'
  | 'invocations'
  | 'local'
  | 'localFunctions'
  | 'output'
  | 'presets'
  | 'results'
  | 'statistics'
>;

/** The open forms. Their dependencies are loaded on demand. */
export function createForms(services: FormServices): FormPanels {
  const { aws, connectionCommands, connections, context, history, importExport, invocations, output } = services;
  const { functionBrowser, functions, local, localFunctions, results } = services;
  const inExtension = (...path: string[]) => vscode.Uri.joinPath(context.extensionUri, ...path);
  const stackFrames = lazy(() => import('./stackFrames.ts'));
  const warmUpSdk = lazy(async () => (await aws()).warmUpSdk());
  const samples = lazy(() => import('../../core/samples/samples.ts'));
  const localLog = (outcome: Outcome) => readWholeLog(local, outcome);
  const wholeLog = lazy(() => import('../logs/wholeLog.ts'));
  const times = new InvocationTimes(invocations, () => history.entries());
  const forms = new FormPanels({
    formHtml: createPageHtml(inExtension('dist', 'webview'), 'form'),
    resourceRoot: inExtension('dist', 'webview'),
    icon: inExtension('media', 'icon.svg'),
    invocations,
    results,
    connections,
    history,
    localFunctions,
    browsedFunctions: async (connection) => (await functionBrowser.current)?.browsed(connection) ?? [],
    eventFiles: new EventFiles(),
    payloadDocuments: new PayloadDocuments((draft) => forms.openDraft(draft), context.workspaceState),
    resultExport: lazy(async () => new (await import('./resultExport.ts')).ResultExport(results, localLog)),
    signIn: (profile) => connections.signIn.again(profile),
    installSdk: async (ended) => (await functions()).installSdk(ended),
    chooseSample: async () => askSample(await samples()),
    functionAction: createFunctionActions(services),
    askConnection: async (...question) => (await connectionCommands()).ask(...question),
    warmUp(connection) {
      // If either can't start, the invocation reports it.
      if (connection.kind === 'local') local.address().catch(() => undefined);
      warmUpSdk().catch(() => undefined);
    },
    savePreset: async (...form) => (await services.presets()).save(...form),
    findPreset: async (origin) => (await services.presets()).find(origin),
    resolveVariables: async (template) => (await services.presets()).runner.resolve(template),
    debug: async (...order) => (await functions()).debug(...order),
    compare: services.compare,
    statistics: services.statistics,
    follow: services.follow,
    copyAs: async (...order) => (await importExport()).copyAs(...order),
    importText: async (text) => (await importExport()).importText(text),
    openDraft: (draft, connection) => forms.openDraft(draft, connection),
    localLog,
    readLog: async (ended, options) => {
      const time = times.of(ended.invocationId, ended.result.outcome.clientMs);
      return (await wholeLog()).readInvocationLog(services, ended, time, options);
    },
    fetchesLog({ invocationId, order, result }) {
      const when = times.markShown(invocationId) ? setting('log.fetch') : 'never';
      return fetchesLog(when, logCoverage(result.outcome, order.connection));
    },
    async openTrace({ order, result }) {
      const traceId = sampledTrace(result.outcome);
      const { connection, invocation } = order;
      if (traceId === undefined || connection.kind === 'local') return;
      await (await functionBrowser()).openTrace(connection, invocation.FunctionName, traceId);
    },
    findFrames: async (lines) => (await stackFrames()).findFrames(lines),
    openFrame: async (frame) => (await stackFrames()).openFrame(frame),
    showOutput: () => output.show(),
    notifyOutcome: (ended) => notifyOutcome(ended, forms.showEnded),
  });
  return forms;
}

type FormCommands =
  'invokeFunction' | 'newForm' | 'invokePayload' | 'copyFromResult' | 'copyResultValue' | 'copyResultPath';

interface FormFeature extends Feature<FormCommands> {
  /** Restores a form after a reload, with the state that its page has stored. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** Shows a form in a tab that was created before. */
  openIn(tab: vscode.WebviewPanel): void;
}

/** The form in editor tabs. */
export function createForm({ forms }: Pick<Services, 'forms'>): FormFeature {
  return {
    handlers: {
      invokeFunction: () => forms.openForm(),
      newForm: () => forms.newForm(),
      invokePayload: () => forms.invokePayload(),
      copyFromResult: () => forms.copyFromResult('selection'),
      copyResultValue: () => forms.copyFromResult('value'),
      copyResultPath: () => forms.copyFromResult('path'),
    },
    restore: (...form) => forms.restore(...form),
    openIn: (tab) => forms.openIn(tab),
    dispose: () => forms.dispose(),
  };
}
