import type { LogTail } from '../../src/core/outcome/logTail.ts';
import { hasResponse, type OutcomeView } from '../../src/core/outcome/outcome.ts';
import type { ReadLogView } from '../../src/protocol/messages.ts';

/** The log of an invocation, or why there is none. `hasMore`: CloudWatch Logs can have more. */
export type LogContent =
  | {
      /** `tail`: the tail has everything. `truncated`: only the last 4 KB. `whole`: everything that could be read. */
      readonly kind: 'tail' | 'truncated' | 'whole';
      readonly text: string;
      readonly requestId?: string;
      readonly hasMore: boolean;
      /** The whole log is from CloudWatch Logs, not from the local endpoint. */
      readonly read?: ReadLogView | undefined;
    }
  | {
      readonly kind: 'none';
      readonly reason: 'notRequested' | 'notReturned' | 'dropped';
      readonly hasMore: boolean;
      /** Where the log is instead. */
      readonly location?: LogTail['location'];
    };

interface LogOptions {
  /** It was requested, but is gone. */
  readonly isDropped?: boolean | undefined;
  /** CloudWatch Logs can have more of it. */
  readonly hasMore?: boolean | undefined;
}

/** The log of an outcome. Undefined if there can't be one. */
export function logContentOf(
  outcome: OutcomeView,
  { isDropped = false, hasMore = false }: LogOptions = {},
): LogContent | undefined {
  if (!hasResponse(outcome) || outcome.state === 'accepted' || outcome.state === 'dryRun') {
    return hasMore ? { kind: 'none', reason: 'notReturned', hasMore } : undefined;
  }
  const { logTail, requestId, isTailOmitted } = outcome;
  if (logTail === undefined && isTailOmitted === true) return { kind: 'none', reason: 'notReturned', hasMore };
  if (logTail === undefined) return { kind: 'none', reason: isDropped ? 'dropped' : 'notRequested', hasMore };
  const { location, isTruncated, text } = logTail;
  if (location !== undefined) return { kind: 'none', reason: 'notReturned', hasMore, location };
  return { kind: isTruncated ? 'truncated' : 'tail', text, hasMore, ...(requestId !== undefined && { requestId }) };
}
