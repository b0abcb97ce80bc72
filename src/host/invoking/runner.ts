import type { EndedInvocation, Invocations } from '../../app/invocations.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { notifyOutcome } from './notifyOutcome.ts';
import { runWithProgress } from './runWithProgress.ts';
import { setting } from '../settings.ts';

/** Runs an order from outside a form, and brings its outcome to the person. */
export type Run = (order: InvocationOrder, title: string) => Promise<EndedInvocation>;

function wantsForm({ result: { outcome } }: EndedInvocation): boolean {
  const when = setting('reveal');
  if (when !== 'onFailure') return when === 'always';
  return outcome.state === 'functionError' || outcome.state === 'failed';
}

interface RunDependencies {
  readonly invocations: Pick<Invocations, 'start'>;
  readonly showEnded: (ended: EndedInvocation) => void;
  /** Says what is known to be wrong with an order, before it is sent. */
  readonly warn: (order: InvocationOrder) => void;
}

export function createRun({ invocations, showEnded, warn }: RunDependencies): Run {
  return async (order, title) => {
    warn(order);
    const ended = await runWithProgress(order, { invocations, title });
    if (wantsForm(ended)) showEnded(ended);
    else notifyOutcome(ended, showEnded);
    return ended;
  };
}
