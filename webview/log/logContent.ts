import type { LogTail } from '../../src/core/outcome/logTail.ts';
import { hasResponse, type OutcomeView } from '../../src/core/outcome/outcome.ts';

/** What is known of the log of an invocation. */
export type LogContent =
  /** `tail`: the tail has everything. `truncated`: only the last 4 KB. `whole`: from the local endpoint. */
  | { readonly kind: 'tail' | 'truncated' | 'whole'; readonly text: string; readonly requestId?: string }
  | {
      readonly kind: 'none';
      readonly reason: 'notRequested' | 'notReturned' | 'dropped';
      /** Where the log is instead. */
      readonly location?: LogTail['location'];
    };

/** The log of an outcome. Undefined if there can't be one. `isDropped`: it was requested, but is gone. */
export function logContentOf(outcome: OutcomeView, isDropped = false): LogContent | undefined {
  if (!hasResponse(outcome) || outcome.state === 'accepted' || outcome.state === 'dryRun') return undefined;
  const { logTail, requestId, isTailOmitted } = outcome;
  if (logTail === undefined && isTailOmitted === true) return { kind: 'none', reason: 'notReturned' };
  if (logTail === undefined) return { kind: 'none', reason: isDropped ? 'dropped' : 'notRequested' };
  const { location, isTruncated, text } = logTail;
  if (location !== undefined) return { kind: 'none', reason: 'notReturned', location };
  return { kind: isTruncated ? 'truncated' : 'tail', text, ...(requestId !== undefined && { requestId }) };
}
