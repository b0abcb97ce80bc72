import { hasResponse, type OutcomeView } from '../../src/core/outcome/outcome.ts';
import type { LogContent } from '../log/logView.ts';

/** The log of an outcome. Undefined if the function wasn't invoked, so that a log isn't expected. */
export function logContent(outcome: OutcomeView): LogContent | undefined {
  if (!hasResponse(outcome)) return undefined;
  const { logTail, requestId, state } = outcome;
  if (state === 'accepted' || state === 'dryRun') return { kind: 'none', reason: 'notReturned' };
  if (logTail === undefined) return { kind: 'none', reason: 'notRequested' };
  if (logTail.location !== undefined) return { kind: 'none', reason: 'notReturned', location: logTail.location };
  return {
    kind: logTail.isTruncated ? 'truncated' : 'tail',
    text: logTail.text,
    ...(requestId !== undefined && { requestId }),
  };
}
