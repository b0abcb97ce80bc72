import type { AwsTarget } from '../../core/connection/aws.ts';
import type { LogEvent } from '../../core/logs/logEvent.ts';
import type { LogReader } from '../../core/logs/logReader.ts';
import type { Message } from '../../core/messages/messages.ts';
import { isInvokeError, type InvokeError } from '../../core/outcome/invokeError.ts';
import { sleep } from '../../core/async/sleep.ts';
import { SeenEvents } from './seenEvents.ts';

/** A log group to follow. */
export interface FollowedLog {
  readonly target: AwsTarget;
  /** Its name, or its ARN if it is in another account. */
  readonly logGroup: string;
  /** Earlier events aren't shown. In milliseconds since the epoch. */
  readonly startTime: number;
  readonly filterPattern?: string;
}

export interface FollowListeners {
  /** New events, oldest first. Late events follow newer ones. The next page is read after the promise resolves. */
  readonly onEvents: (events: readonly LogEvent[], log: FollowedLog) => void | Promise<void>;
  /** Why the last read failed, before the next one. Undefined after each read that succeeds. */
  readonly onProblem?: (problem: Message | undefined, log: FollowedLog) => void;
}

/** Durations in milliseconds. */
export interface FollowTiming {
  /** Between two reads while there are events. */
  readonly pollMs: number;
  /** The longest time between two reads without events. */
  readonly idlePollMs: number;
  /** The longest time between two reads that fail. */
  readonly maxRetryMs: number;
  /** How late an event may arrive. */
  readonly overlapMs: number;
  /** How late an event may arrive to be shown by the next read. Later ones are shown after `overlapEveryMs`. */
  readonly shortOverlapMs: number;
  readonly overlapEveryMs: number;
  /** The maximum number of events whose IDs are remembered, about 100 bytes each. */
  readonly maxIds: number;
}

const TIMING: FollowTiming = {
  pollMs: 1000,
  idlePollMs: 5000,
  maxRetryMs: 30_000,
  overlapMs: 300_000,
  shortOverlapMs: 20_000,
  overlapEveryMs: 15_000,
  maxIds: 200_000,
};

/** How much longer each read without events makes the time until the next one. */
const IDLE_FACTOR = 1.4;

/** Errors that another read can resolve. */
const TRANSIENT = new Set<Message['code']>(['readThrottled', 'readFailed', 'readLate']);

/** Whether reading again can help: later, or because the function creates its log group with its first line. */
function isTransient({ reason, exception }: InvokeError): boolean {
  if (TRANSIENT.has(reason.code)) return true;
  return isMissing(exception) || (exception?.StatusCode ?? 0) >= 500;
}

function isMissing(exception: InvokeError['exception']): boolean {
  return exception?.name === 'ResourceNotFoundException';
}

async function followLog(
  reader: Pick<LogReader, 'filterLogEvents'>,
  log: FollowedLog,
  { listeners, timing, signal }: { listeners: FollowListeners; timing: FollowTiming; signal: AbortSignal },
): Promise<void> {
  const { pollMs, idlePollMs, maxRetryMs, shortOverlapMs, overlapEveryMs } = timing;
  const { target, logGroup, startTime, filterPattern } = log;
  const seen = new SeenEvents(startTime, timing);
  let failures = 0;
  let idleMs = pollMs;
  /** When to read the whole window next. */
  let wholeAt = 0;

  /** Returns whether there were new events. */
  async function readOnce(): Promise<boolean> {
    const begin = performance.now();
    const isWhole = begin >= wholeAt;
    const query = {
      logGroup,
      startTime: isWhole ? seen.start : seen.startWithin(shortOverlapMs),
      ...(filterPattern !== undefined && { filterPattern }),
    };
    let hasNew = false;
    let readTo = -Infinity;
    const onPage = async (page: readonly LogEvent[]) => {
      if (signal.aborted) return;
      const events = seen.add(page);
      readTo = page.at(-1)?.timestamp ?? readTo;
      if (isWhole) seen.move(readTo); // a long log is continued here if the next page fails
      if (events.length === 0) return;
      hasNew = true;
      await listeners.onEvents(events, log);
    };
    await reader.filterLogEvents(target, query, onPage, signal);
    if (isWhole) {
      seen.move();
      wholeAt = begin + overlapEveryMs;
    }
    return hasNew;
  }

  /** How long to wait after a failed read. Rejects if reading again doesn't help. */
  function afterFailure(error: unknown): number {
    if (!isInvokeError(error) || !isTransient(error)) throw error;
    wholeAt = 0;
    listeners.onProblem?.(error.reason, log);
    return isMissing(error.exception) ? idlePollMs : Math.min(maxRetryMs, pollMs * 2 ** ++failures);
  }

  while (!signal.aborted) {
    let wait = pollMs;
    try {
      const hasNew = await readOnce();
      failures = 0;
      listeners.onProblem?.(undefined, log);
      idleMs = hasNew ? pollMs : Math.min(idlePollMs, idleMs * IDLE_FACTOR);
      wait = idleMs;
    } catch (error) {
      if (signal.aborted) return;
      wait = afterFailure(error);
    }
    await sleep(wait, signal);
  }
}

/**
 * Follows log groups by polling, until the signal aborts. Shows each event once, also those that arrive up to five
 * minutes late. Continues after throttling, lost connections, and until a log group is created. Rejects with InvokeError
 * if a log can't be read, and stops the others.
 */
export async function followLogs(
  reader: Pick<LogReader, 'filterLogEvents'>,
  logs: readonly FollowedLog[],
  listeners: FollowListeners,
  { signal, timing }: { readonly signal: AbortSignal; readonly timing?: Partial<FollowTiming> },
): Promise<void> {
  const failed = new AbortController();
  const context = { listeners, timing: { ...TIMING, ...timing }, signal: AbortSignal.any([signal, failed.signal]) };
  try {
    await Promise.all(logs.map((log) => followLog(reader, log, context)));
  } finally {
    failed.abort();
  }
}
