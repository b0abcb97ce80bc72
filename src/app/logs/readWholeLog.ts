import { pause } from '../../core/async/pause.ts';
import { createBoundedLog } from '../../core/logs/boundedLog.ts';
import type { LogEvent, LogQuery } from '../../core/logs/logEvent.ts';
import type { LogProgress } from '../../core/logs/logProgress.ts';
import { createRecentIds } from '../../core/logs/recentIds.ts';
import { createRequestEvents } from '../../core/logs/requestEvents.ts';
import { createRequestTimes } from '../../core/logs/requestTimes.ts';
import type { Message } from '../../core/messages/messages.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { toWholeLog, type LoggedRequest, type ReadLog, type WholeLog } from './wholeLog.ts';

/** `LogReader.filterLogEvents` with a connection. */
type FilterLogEvents = (
  query: LogQuery,
  onPage: (events: readonly LogEvent[]) => void | Promise<void>,
  signal: AbortSignal,
) => Promise<void>;

interface WholeLogOptions {
  readonly filterLogEvents: FilterLogEvents;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: LogProgress) => void;
  /** The maximum length of the text in characters. */
  readonly maxLength?: number;
  /** Whether to return the events as well, including those that the text leaves out. */
  readonly includesEvents?: boolean;
  readonly timing?: Partial<typeof TIMING>;
}

/** In milliseconds. */
const TIMING = {
  /** The delay before the second search. Each delay is half as long again as the previous one. */
  minDelay: 1000,
  maxDelay: 10_000,
  /** The delay after the report, for events that are delivered later. */
  grace: 4000,
  /** The longest time that CloudWatch Logs usually takes to deliver events. */
  delivery: 120_000,
};

/** How far the client's clock can differ from AWS's. In milliseconds. */
const MAX_SKEW_MS = 600_000;
/** The maximum timeout of a function, and the longest time that an event stays in its queue. In milliseconds. */
const MAX_TIMEOUT_MS = 900_000;
const MAX_QUEUE_MS = 21_600_000;
/** The time of the initialization before START, and of extensions after REPORT. In milliseconds. */
const MAX_INIT_MS = 15_000;
const MAX_LATE_MS = 15_000;
/** How far before the newest event a search starts, in milliseconds. */
const OVERLAP_MS = 60_000;
/** The maximum number of reads while each one returns more events. */
const MAX_READS = 6;
/** The maximum number of log streams in a request. */
const MAX_STREAMS = 100;
/** The maximum number of throttled reads of a log. */
const MAX_THROTTLED = 8;
/** The maximum length of the text in characters: 8 MB of memory. */
const MAX_LENGTH = 4_194_304;

const isThrottled = (error: unknown) => isInvokeError(error) && error.reason.code === 'readThrottled';

/** The reason if the log group or log stream doesn't exist yet. The first event creates them. */
function absentReason(error: unknown): Message | undefined {
  const isAbsent = isInvokeError(error) && ['logGroupMissing', 'logStreamMissing'].includes(error.reason.code);
  return isAbsent ? error.reason : undefined;
}

/**
 * Reads everything that CloudWatch Logs has for a request. Waits for its report, and for a while after it, because events
 * can be delivered late. Beyond `maxLength`, the middle is left out. Rejects with InvokeError if nothing can be read, or
 * when the signal aborts. Sources: CloudWatch Logs API reference, FilterLogEvents; Lambda developer guide, "Log formats".
 */
export async function readWholeLog(request: LoggedRequest, options: WholeLogOptions): Promise<WholeLog> {
  const { requestId, logGroup, logStream, startedAt, isAsynchronous = false, hidesReport = false } = request;
  const {
    filterLogEvents,
    signal,
    onProgress = () => undefined,
    maxLength = MAX_LENGTH,
    includesEvents = false,
  } = options;
  const timing = { ...TIMING, ...options.timing };
  const timeoutMs = request.timeoutMs ?? MAX_TIMEOUT_MS;
  const endedAt = request.endedAt ?? startedAt + timeoutMs;
  const deadline = endedAt + timing.delivery;
  const latest = deadline + MAX_SKEW_MS + (isAsynchronous ? MAX_QUEUE_MS + 2 * timeoutMs : 0);
  const filterPattern = `"${requestId}"`;
  const times = createRequestTimes(requestId);
  let isShared = request.isConcurrent ?? false;
  let absent: Message | undefined;
  let throttled = 0;
  let current: ReadLog = { log: createBoundedLog(maxLength), logEvents: [], isShared };
  const isRecent = () => Date.now() < deadline;
  /** An end in the future would exclude events if AWS's clock is ahead. */
  const until = (time: number) => (time < Date.now() - MAX_SKEW_MS ? { endTime: time } : {});

  function read(query: Omit<LogQuery, 'logGroup'>, onPage: (events: readonly LogEvent[]) => void) {
    const startTime = Math.max(0, query.startTime);
    const streams = logStream === undefined ? {} : { logStreams: [logStream] };
    return filterLogEvents({ logGroup, ...streams, ...query, startTime }, onPage, signal);
  }

  /** Reads again after a delay if AWS throttles a read. */
  async function untilNotThrottled(reading: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await reading();
      } catch (error) {
        if (signal.aborted || !isThrottled(error) || throttled++ >= MAX_THROTTLED) throw error;
        await pause(timing.maxDelay, signal);
      }
    }
  }

  /** Finds the events that contain the request ID. */
  async function search(): Promise<void> {
    const { range } = times;
    const startTime = range === undefined ? startedAt - MAX_SKEW_MS : range.to - OVERLAP_MS;
    try {
      await read({ startTime, filterPattern, ...until(latest) }, (events) => {
        for (const event of events) times.add(event);
      });
      absent = undefined;
    } catch (error) {
      absent = absentReason(error);
      if (absent === undefined) throw error;
    }
  }

  /** Searches until the last attempt has a report, or until no more events are expected. */
  async function waitForReport(): Promise<void> {
    let quietMs = 0;
    for (let delay = timing.minDelay; ; delay = Math.min(delay * 1.5, timing.maxDelay)) {
      const lastAt = times.range?.to;
      await untilNotThrottled(search);
      quietMs = times.range?.to === lastAt ? quietMs + delay : 0;
      const isQuiet = hidesReport && times.events > 0 && quietMs > 3 * timing.grace;
      if (times.report !== undefined || isQuiet || !isRecent()) return;
      onProgress({ phase: times.events === 0 ? 'searching' : 'waiting', events: times.events });
      await pause(delay, signal);
    }
  }

  /** Reads the events of the request from its log streams. A failure leaves what was read before. */
  async function readEvents(): Promise<void> {
    const { range, report, streams } = times;
    if (range === undefined) return;
    const log = createBoundedLog(maxLength);
    const logEvents: LogEvent[] = [];
    if (current.log.events === 0) current = { log, logEvents, isShared };
    const ids = createRecentIds();
    const selected = createRequestEvents({ requestId, reportedAt: (stream) => streams.get(stream)?.reportedAt });
    const fields = {
      startTime: range.from - MAX_INIT_MS,
      logStreams: [...streams.keys()].slice(0, MAX_STREAMS),
      ...until(range.to + (report === undefined ? timeoutMs : MAX_LATE_MS)),
      ...(isShared && { filterPattern }),
    };
    await read(fields, (events) => {
      for (const event of events.filter(({ id }) => ids.add(id)))
        for (const one of isShared ? [event] : selected.next(event)) {
          log.add(one.message);
          if (includesEvents) logEvents.push(one);
        }
      onProgress({ phase: 'reading', events: log.events });
    });
    current = { log, logEvents, isShared };
    if (!selected.isShared) return;
    isShared = true;
    current = { log: createBoundedLog(maxLength), logEvents: [], isShared };
    await readEvents();
  }

  /** Reads the events repeatedly until no more arrive. */
  async function readSettled(): Promise<void> {
    await untilNotThrottled(readEvents);
    for (let reads = 1; reads < MAX_READS && isRecent(); reads++) {
      const { events } = current.log;
      await pause(timing.grace, signal);
      await untilNotThrottled(search);
      await untilNotThrottled(readEvents);
      if (current.log.events === events) return;
    }
  }

  try {
    await waitForReport();
    await readSettled();
  } catch (error) {
    if (signal.aborted || !isInvokeError(error) || current.log.events === 0) throw error;
    return toWholeLog(request, current, { times, isRecent: isRecent(), failure: error.reason });
  }
  return toWholeLog(request, current, { times, isRecent: isRecent(), failure: absent });
}
