import { lazy } from '../../core/async/lazy.ts';
import { recentPayloadFiles } from '../../core/history/historyEntry.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import { markStepDone } from '../ui/markStepDone.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { InvokingServices } from './commands.ts';
import { PayloadFileContext } from './payloadFileContext.ts';
import { RunningStore } from './runningStore.ts';

const NAMES = [
  'invokeFile',
  'invokeActiveEditor',
  'newPayload',
  'openResult',
  'openResultFile',
  'rerunResult',
  'rerunFailed',
  'rerunAll',
  'clearResults',
] as const;

const MAX_RECENT_FILES = 100;

/** Invokes with files, and stores running invocations in case the window is reloaded. */
export function createInvoking(
  services: InvokingServices & Pick<Services, 'context'>,
): Feature<(typeof NAMES)[number]> {
  const { context, invocations, history } = services;
  const payloadFiles = new PayloadFileContext();
  // Later, because the first read of the history takes some milliseconds.
  const start = setTimeout(() => payloadFiles.add(recentPayloadFiles(history.entries(), MAX_RECENT_FILES)));
  const running = new RunningStore(context.workspaceState);
  reportErrors(running.reportLeftRunning());
  invocations.listen({
    onDidStart(invocationId, order) {
      reportErrors(running.start(invocationId, order));
      const { payload } = order.invocation;
      if (payload.kind === 'file') payloadFiles.add([payload.uri]);
    },
    onDidEnd({ invocationId, order, result }) {
      if (order.connection.kind === 'local' && hasResponse(result.outcome)) markStepDone('invokedLocal');
      reportErrors(running.end(invocationId));
    },
  });
  const commands = lazy(async () =>
    (await import('./commands.ts')).createInvokingCommands({ ...services, payloadFiles }),
  );
  return {
    handlers: lazyHandlers(NAMES, commands),
    dispose() {
      clearTimeout(start);
      disposeLoaded(commands).dispose();
    },
  };
}
