import type * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import type { Handlers } from '../wiring/feature.ts';
import { createWarnings } from './knownWarnings.ts';
import type { Services } from '../wiring/services.ts';
import { createFileCommand } from './fileCommand.ts';
import type { PayloadFileContext } from './payloadFileContext.ts';
import { createResultCommands } from './resultCommands.ts';
import { ResultsView } from './resultsView.ts';
import { createRunFiles, type RunFiles } from './runFiles.ts';
import { createSampleCommand } from './sampleCommand.ts';
import { targetDocuments } from './targetDocuments.ts';

export type InvokingServices = Pick<
  Services,
  | 'connections'
  | 'forms'
  | 'functionBrowser'
  | 'history'
  | 'invocations'
  | 'knownFunctions'
  | 'localFunctions'
  | 'presets'
  | 'results'
  | 'run'
>;

interface InvokingCommands extends vscode.Disposable {
  readonly handlers: Pick<Handlers, 'invokeFile' | 'invokeActiveEditor' | 'newPayload'> &
    ReturnType<typeof createResultCommands>;
}

/** The commands for files. Loaded with their first use. */
export function createInvokingCommands(
  services: InvokingServices & { readonly payloadFiles: Pick<PayloadFileContext, 'add'> },
): InvokingCommands {
  const { connections, forms, functionBrowser, history, invocations, knownFunctions, presets, run } = services;
  const { localFunctions, payloadFiles } = services;
  const view = new ResultsView((batch) => runFiles.again(batch, batch.failed));
  const runFiles: RunFiles = createRunFiles({
    invocations,
    confirm: (order, count) => connections.confirm({ ...order, count }),
    warn: createWarnings(knownFunctions),
    recall: (invocationId) => services.results.recall(invocationId),
    show: view.show,
  });
  const invokeFile = createFileCommand({
    connection: () => connections.store.get(),
    history,
    presets,
    run,
    runFiles,
    openDraft: forms.openDraft,
    localFunctions,
    functionBrowser,
    payloadFiles,
  });
  return {
    handlers: {
      invokeFile: (uri, selected) => invokeFile(targetDocuments(uri, selected)),
      invokeActiveEditor: () => invokeFile(targetDocuments(undefined)),
      newPayload: createSampleCommand(lazy(() => import('../../core/samples/samples.ts'))),
      ...createResultCommands({
        view,
        runFiles,
        recall: (invocationId) => history.find(invocationId),
        showEnded: forms.showEnded,
      }),
    },
    dispose: () => view.dispose(),
  };
}
