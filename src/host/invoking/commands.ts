import { lazy } from '../../core/async/lazy.ts';
import type { Handlers } from '../wiring/feature.ts';
import { createWarnings } from './knownWarnings.ts';
import type { Services } from '../wiring/services.ts';
import { createFileCommand, targetDocuments } from './fileCommand.ts';
import { createRunFiles } from './runFiles.ts';
import { createSampleCommand } from './sampleCommand.ts';

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
  | 'run'
>;

interface InvokingCommands {
  readonly handlers: Pick<Handlers, 'invokeFile' | 'invokeActiveEditor' | 'newPayload'>;
}

/** The commands for files. Loaded with their first use. */
export function createInvokingCommands(services: InvokingServices): InvokingCommands {
  const { connections, forms, functionBrowser, history, invocations, knownFunctions, presets, run } = services;
  const { localFunctions } = services;
  const runFiles = createRunFiles({
    invocations,
    confirm: ({ invocation, connection }, count) => connections.confirm({ invocation, connection, count }),
    warn: createWarnings(knownFunctions),
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
  });
  return {
    handlers: {
      invokeFile: (uri, selected) => invokeFile(targetDocuments(uri, selected)),
      invokeActiveEditor: () => invokeFile(targetDocuments(undefined)),
      newPayload: createSampleCommand(lazy(() => import('../../core/samples/samples.ts'))),
    },
  };
}
