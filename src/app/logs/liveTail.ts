import type { AwsTarget } from '../../core/connection/aws.ts';
import type { LiveTailUpdate } from '../../core/logs/logEvent.ts';
import type { LogReader } from '../../core/logs/logReader.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { failureReason } from '../../core/outcome/invokeError.ts';
import { GapEvents, type LiveEvent } from './gapEvents.ts';
import { sleep } from '../../core/async/sleep.ts';

/** A log group of a session. */
export interface LiveLog {
  readonly logGroup: string;
  readonly arn: string;
  /** Events since then are read once, because Live Tail shows nothing from before its start. */
  readonly startTime: number;
}

export interface LiveListeners {
  /** The session has started. */
  readonly onStart: () => void;
  /** New events. Later ones are passed on after the promise resolves. */
  readonly onEvents: (events: readonly LiveEvent[]) => void | Promise<void>;
  /** Whether the last update was a sample of its events. */
  readonly onSampled: (isSampled: boolean) => void;
  /** The events before the session can't be read. */
  readonly onGapProblem: (reason: Message) => void;
}

/** Durations in milliseconds. */
interface LiveTiming {
  /** The session is charged per minute, so it ends even if its tab stays open. */
  readonly maxMs: number;
  /** How long to wait for the session. */
  readonly startMs: number;
  /** The delay after the start of the session until CloudWatch Logs returns the events before it. */
  readonly gapDelayMs: number;
  /** The longest time to read the events before the session. Its own events wait until then. */
  readonly gapMs: number;
  /** How long an event of the gap can also arrive in the session. */
  readonly matchMs: number;
}

const TIMING: LiveTiming = {
  maxMs: 3_600_000,
  startMs: 20_000,
  gapDelayMs: 2000,
  gapMs: 10_000,
  matchMs: 60_000,
};

/** How a session ended. `refused`: it didn't start, so nothing was missed if the log is polled from the same time. */
export type LiveTailEnd =
  | { readonly kind: 'refused'; readonly reason: Message }
  | { readonly kind: 'ended'; readonly reason: Message }
  | { readonly kind: 'stopped' };

/**
 * Follows log groups of one connection with Live Tail, until the signal aborts, for at most an hour. What was logged
 * since `startTime` and before the session is read once. Never rejects: an error ends the session.
 */
export async function followLive(
  reader: LogReader,
  { target, logs }: { readonly target: AwsTarget; readonly logs: readonly LiveLog[] },
  listeners: LiveListeners,
  { signal, timing: given }: { readonly signal: AbortSignal; readonly timing?: Partial<LiveTiming> },
): Promise<LiveTailEnd> {
  const timing = { ...TIMING, ...given };
  const over = new AbortController();
  const session = AbortSignal.any([signal, over.signal]);
  const gap = new GapEvents();
  let filling: Promise<void> | undefined;
  /** The updates that arrive while the gap is read. They're shown after it. Undefined once the gap is read. */
  let held: LiveTailUpdate[] | undefined = [];
  let isMatching = true;
  let shown = Promise.resolve();
  let reason: Message | undefined;

  function end(why: Message): void {
    reason ??= why;
    over.abort();
  }

  /** Reads what was logged before the session. */
  async function fillGap(): Promise<void> {
    await sleep(timing.gapDelayMs, session);
    if (session.aborted) return;
    const gapSignal = AbortSignal.any([session, AbortSignal.timeout(timing.gapMs)]);
    const late = message('readLate', 'CloudWatch Logs', timing.gapMs / 1000);
    const reads = logs.map(async ({ logGroup, startTime }) =>
      reader.filterLogEvents(target, { logGroup, startTime }, (page) => show(gap.addRead(page)), gapSignal),
    );
    for (const read of await Promise.allSettled(reads))
      if (read.status === 'rejected' && !session.aborted)
        listeners.onGapProblem(gapSignal.aborted ? late : failureReason(read.reason));
    const updates = held ?? [];
    held = undefined;
    for (const update of updates) void show(update.events);
    void sleep(timing.matchMs, session).then(() => {
      isMatching = false;
      gap.clear();
    });
  }

  /** Shows events in the order of the calls. An error of the listener ends the session. */
  function show(events: readonly LiveEvent[]): Promise<void> {
    const next = async () => {
      if (events.length > 0 && !session.aborted) await listeners.onEvents(events);
    };
    shown = shown.then(next).catch((error: unknown) => end(failureReason(error)));
    return shown;
  }

  /** The first update means that the session has started. */
  function onUpdate(update: LiveTailUpdate): void {
    if (session.aborted) return;
    if (filling === undefined) {
      clearTimeout(starting);
      listeners.onStart();
      filling = fillGap();
    }
    listeners.onSampled(update.isSampled);
    const events = isMatching ? gap.addLive(update.events) : update.events;
    if (held === undefined) void show(events);
    else held.push({ ...update, events });
  }

  const starting = setTimeout(() => end(message('liveTailSilent', timing.startMs / 1000)), timing.startMs);
  const ending = setTimeout(() => end(message('liveTailHour')), timing.maxMs);
  try {
    await reader.startLiveTail(target, { logGroupArns: logs.map(({ arn }) => arn) }, onUpdate, session);
    if (!session.aborted) reason = message('liveTailClosed');
  } catch (error) {
    if (!session.aborted) reason = failureReason(error);
  } finally {
    clearTimeout(starting);
    clearTimeout(ending);
  }
  if (!signal.aborted) {
    await filling;
    await shown;
  }
  over.abort();
  if (signal.aborted) return { kind: 'stopped' };
  return { kind: filling === undefined ? 'refused' : 'ended', reason: reason ?? message('liveTailClosed') };
}
