import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { EndedInvocation, Invocations } from '../../app/invocations.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Payload } from '../../core/invocation/payload.ts';
import { formatMs } from '../../core/outcome/summary.ts';
import { withCancellableProgress } from '../ui/progress.ts';

const TICK_MS = 1000;

/** Two orders, or their results. */
export type Two<T> = readonly [T, T];

interface RunTargetsOptions {
  readonly invocations: Pick<Invocations, 'start'>;
  readonly title: string;
  /** What is sent to both. */
  readonly payload: Payload;
}

/** Runs two confirmed orders at the same time. Cancel stops waiting for both, and doesn't cancel the functions. */
export async function runTargets(
  orders: Two<InvocationOrder>,
  { invocations, title, payload }: RunTargetsOptions,
): Promise<Two<EndedInvocation>> {
  return withCancellableProgress(title, async (report, token) => {
    const start = (order: InvocationOrder) => {
      const running = invocations.start(randomUUID(), { ...order, isConfirmed: true }, { payload });
      if (running === undefined) throw new Error('An invocation ID was used twice');
      return running;
    };
    const running = [start(orders[0]), start(orders[1])] as const;
    token.onCancellationRequested(() => running.forEach((one) => one.stopWaiting()));
    const tick = setInterval(() => {
      const elapsed = formatMs(Math.max(...running.map((one) => one.elapsedMs())));
      report({ message: vscode.l10n.t("{0}. Canceling doesn't stop the functions.", elapsed) });
    }, TICK_MS);
    try {
      const [one, other] = await Promise.all(running.map(({ result }) => result));
      const ended = (at: 0 | 1, result: typeof one) => {
        const { invocationId, order } = running[at];
        if (result === undefined) throw new Error('An invocation has no result');
        return { invocationId, order, result };
      };
      return [ended(0, one), ended(1, other)];
    } finally {
      clearInterval(tick);
    }
  });
}
