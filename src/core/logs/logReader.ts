import type { AwsTarget } from '../connection/aws.ts';
import type { LiveTailUpdate, LogEvent, LogQuery } from './logEvent.ts';

/** CloudWatch Logs with a connection's credentials. All methods reject with InvokeError, and end with the signal. */
export interface LogReader {
  /**
   * Reads all pages of FilterLogEvents, oldest first, and calls `onPage` for each of them. A page can be empty. If
   * `onPage` returns a promise, the next page is requested after it resolves.
   */
  filterLogEvents(
    target: AwsTarget,
    query: LogQuery,
    onPage: (events: readonly LogEvent[]) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Follows up to 10 log groups, by their ARNs. Resolves with the signal and at the end of the session (three hours).
   * Charged per minute. Sends one request: a session that ends isn't started again. The first update has no events. It
   * means that the session has started.
   */
  startLiveTail(
    target: AwsTarget,
    query: { readonly logGroupArns: readonly string[]; readonly filterPattern?: string },
    onUpdate: (update: LiveTailUpdate) => void,
    signal: AbortSignal,
  ): Promise<void>;
}
