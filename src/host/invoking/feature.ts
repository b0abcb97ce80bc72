import { lazy } from '../../core/async/lazy.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import { markStepDone } from '../ui/markStepDone.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { InvokingServices } from './commands.ts';
import { RunningStore } from './runningStore.ts';

const NAMES = ['invokeFile', 'invokeActiveEditor', 'newPayload'] as const;

/** Invokes with files, and stores running invocations in case the window is reloaded. */
export function createInvoking(
  services: InvokingServices & Pick<Services, 'context'>,
): Feature<(typeof NAMES)[number]> {
  const { context, invocations } = services;
  const running = new RunningStore(context.workspaceState);
  reportErrors(running.reportLeftRunning());
  invocations.listen({
    onDidStart: (invocationId, order) => reportErrors(running.start(invocationId, order)),
    onDidEnd({ invocationId, order, result }) {
      if (order.connection.kind === 'local' && hasResponse(result.outcome)) markStepDone('invokedLocal');
      reportErrors(running.end(invocationId));
    },
  });
  const commands = lazy(async () => (await import('./commands.ts')).createInvokingCommands(services));
  return { handlers: lazyHandlers(NAMES, commands), dispose: () => undefined };
}
