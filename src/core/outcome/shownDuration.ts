import type { Outcome } from './outcome.ts';
import { formatMs } from './summary.ts';
import type { Verdict } from './verdict.ts';

/** The duration of the function, or the total time if Lambda didn't return it. Undefined if nothing was sent. */
export function shownDuration(outcome: Outcome, { label }: Verdict): string | undefined {
  if (label === 'canceled' || label === 'restricted') return undefined;
  if (!('StatusCode' in outcome)) return outcome.clientMs >= 1 ? formatMs(outcome.clientMs) : undefined;
  return formatMs(outcome.report?.durationMs ?? outcome.clientMs);
}
