import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import type { Feature } from '../wiring/feature.ts';
import { createFunctionActions } from '../functionBrowser/functionActions.ts';
import { readWholeLog } from '../functions/wholeLog.ts';
import { notifyOutcome } from '../invoking/notifyOutcome.ts';
import type { Services } from '../wiring/services.ts';
import { createFormHtml } from './formHtml.ts';
import { FormPanels } from './formPanels.ts';

type FormServices = Pick<
  Services,
  | 'aws'
  | 'connectionCommands'
  | 'connections'
  | 'context'
  | 'functionBrowser'
  | 'history'
  | 'importExport'
  | 'invocations'
  | 'local'
  | 'output'
  | 'presets'
>;

/** The open forms. Their dependencies are loaded on demand. */
export function createForms(services: FormServices): FormPanels {
  const { aws, connectionCommands, connections, context, history, importExport, invocations, local, output } = services;
  const inExtension = (...path: string[]) => vscode.Uri.joinPath(context.extensionUri, ...path);
  const stackFrames = lazy(() => import('./stackFrames.ts'));
  const warmUpSdk = lazy(async () => (await aws()).warmUpSdk());
  const forms = new FormPanels({
    formHtml: createFormHtml(inExtension('dist', 'webview')),
    resourceRoot: inExtension('dist', 'webview'),
    icon: inExtension('media', 'icon.svg'),
    invocations,
    connections,
    history,
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
    copyAs: async (...order) => (await importExport()).copyAs(...order),
    importText: async (text) => (await importExport()).importText(text),
    openDraft: (draft, connection) => forms.openDraft(draft, connection),
    wholeLog: (outcome) => readWholeLog(local, outcome),
    findFrames: async (lines) => (await stackFrames()).findFrames(lines),
    openFrame: async (frame) => (await stackFrames()).openFrame(frame),
    showOutput: () => output.show(),
    notifyOutcome: (ended) => notifyOutcome(ended, forms.showEnded),
  });
  return forms;
}

interface FormFeature extends Feature<'invokeFunction' | 'newForm'> {
  /** Restores a form after a reload. */
  restore(panel: vscode.WebviewPanel): void;
}

/** The form in editor tabs. */
export function createForm({ forms }: Pick<Services, 'forms'>): FormFeature {
  return {
    handlers: { invokeFunction: () => forms.openForm(), newForm: () => forms.newForm() },
    restore: (panel) => forms.restore(panel),
    dispose: () => undefined,
  };
}
