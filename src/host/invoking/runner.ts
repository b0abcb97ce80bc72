import type { EndedInvocation } from '../../app/invocations.ts';
import type { ShownDraft } from '../../app/shownDraft.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { createWarnings } from './knownWarnings.ts';
import { notifyOutcome } from './notifyOutcome.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from '../wiring/services.ts';
import { setting } from '../settings.ts';

/** Runs an order from outside a form, and shows its outcome in a form with what was sent, or with `shown`. */
export type Run = (order: InvocationOrder, title: string, shown?: ShownDraft) => Promise<EndedInvocation>;

function wantsForm({ result: { outcome } }: EndedInvocation): boolean {
  const when = setting('reveal');
  if (when !== 'onFailure') return when === 'always';
  return outcome.state === 'functionError' || outcome.state === 'failed';
}

export function createRun({
  invocations,
  forms: { showEnded },
  knownFunctions,
}: Pick<Services, 'invocations' | 'forms' | 'knownFunctions'>): Run {
  const warn = createWarnings(knownFunctions);
  return async (order, title, shown) => {
    warn(order);
    const ended = await runWithProgress(order, { invocations, title });
    if (wantsForm(ended)) showEnded(ended, shown);
    else notifyOutcome(ended, () => showEnded(ended, shown));
    return ended;
  };
}
