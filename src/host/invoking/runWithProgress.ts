import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { EndedInvocation, Invocations } from '../../app/invocations.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Wait } from '../../app/waits.ts';
import { describeConnection } from '../../core/connection/connection.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { formatMs } from '../../core/outcome/summary.ts';
import { withCancellableProgress } from '../ui/progress.ts';

/** `hello · RequestResponse · Local`: what a click would run. */
export function describeOrder({ invocation, connection }: InvocationOrder): string {
  return [describeFunction(invocation), invocation.InvocationType, describeConnection(connection)].join(' · ');
}

function describeWait(wait: Wait): string {
  switch (wait.kind) {
    case 'confirmation':
      return vscode.l10n.t('Waiting for confirmation');
    case 'mfaCode':
      return vscode.l10n.t('Waiting for an MFA code');
    case 'signIn':
      return vscode.l10n.t('Waiting for sign-in');
    case 'retry':
      return vscode.l10n.t('Retrying');
  }
}

const TICK_MS = 1000;

/** Runs an order with a progress notification. Its Cancel button doesn't cancel the function. */
export async function runWithProgress(
  order: InvocationOrder,
  { invocations, title }: { invocations: Pick<Invocations, 'start'>; title: string },
): Promise<EndedInvocation> {
  const invocationId = randomUUID();
  const result = await withCancellableProgress(title, async (report, token) => {
    const running = invocations.start(invocationId, order);
    if (running === undefined) throw new Error(`${invocationId} was started before`);
    const tick = setInterval(() => {
      const wait = running.wait();
      if (wait !== undefined) return report({ message: describeWait(wait) });
      const elapsed = formatMs(running.elapsedMs());
      return report({ message: vscode.l10n.t("{0}. Canceling doesn't stop the function.", elapsed) });
    }, TICK_MS);
    token.onCancellationRequested(() => running.stopWaiting());
    try {
      return await running.result;
    } finally {
      clearInterval(tick);
    }
  });
  return { invocationId, order, result };
}
