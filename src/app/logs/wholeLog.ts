import type { BoundedLog } from '../../core/logs/boundedLog.ts';
import type { LogEvent } from '../../core/logs/logEvent.ts';
import { LOCAL_NOTE_PREFIX } from '../../core/logs/localNote.ts';
import type { RequestTimes } from '../../core/logs/requestTimes.ts';
import { message, toSentence, type Message } from '../../core/messages/messages.ts';
import type { Report } from '../../core/outcome/report.ts';

/** A request whose log is read. Times are in milliseconds since the epoch, on the client's clock. */
export interface LoggedRequest {
  readonly requestId: string;
  /** The name or ARN of its log group. */
  readonly logGroup: string;
  /** The name of its log stream, if Lambda has returned it. */
  readonly logStream?: string;
  /** When it was sent, or the earliest possible time. */
  readonly startedAt: number;
  /** When its response was received. Absent if unknown, and for asynchronous invocations. */
  readonly endedAt?: number;
  /** InvocationType Event: it waits in a queue, and Lambda can retry it. */
  readonly isAsynchronous?: boolean;
  /** The function's timeout in milliseconds. */
  readonly timeoutMs?: number;
  /** Whether requests share an environment, and with it a log stream: on managed instances. */
  readonly isConcurrent?: boolean;
  /** Whether the system log level hides START and REPORT. */
  readonly hidesReport?: boolean;
}

/** The log of a request. */
export interface WholeLog {
  readonly text: string;
  /** The events, with `includesEvents`. */
  readonly logEvents: readonly LogEvent[];
  /** The number of events, including those that were left out of a large log. */
  readonly events: number;
  /** Whether it has everything from the start to the report. */
  readonly isComplete: boolean;
  /** What is missing, and what to do about it. */
  readonly missing?: Message;
  readonly notes: readonly Message[];
  /** The report of the last attempt. */
  readonly report?: Report;
}

/** What was read of a request. */
export interface ReadLog {
  readonly log: BoundedLog;
  readonly logEvents: readonly LogEvent[];
  /** Other requests wrote to the same log stream at the same time. */
  readonly isShared: boolean;
}

interface WholeLogState {
  readonly times: RequestTimes;
  /** CloudWatch Logs might still receive events. */
  readonly isRecent: boolean;
  /** Why the log couldn't be read to its end. */
  readonly failure?: Message | undefined;
}

function missingPart(
  { logGroup, hidesReport = false }: LoggedRequest,
  { times, isRecent, failure }: WholeLogState,
): Message | undefined {
  if (failure !== undefined) return failure;
  if (times.range === undefined) return isRecent ? message('wholeLogNotYet') : message('wholeLogNothing', logGroup);
  if (times.report !== undefined || hidesReport) return undefined;
  return isRecent ? message('wholeLogNoReport') : message('wholeLogReportMissing', logGroup);
}

function* notesOf(request: LoggedRequest, { log, isShared }: ReadLog, { times }: WholeLogState): Generator<Message> {
  if (isShared) yield message('wholeLogShared');
  else if (request.hidesReport === true && times.range !== undefined) yield message('wholeLogReportHidden');
  if (log.omitted > 0) yield message('wholeLogTruncated', log.events, log.omitted);
  if (request.isAsynchronous === true && times.attempts > 0 && times.report?.status !== 'success')
    yield message('wholeLogAttempts', times.attempts);
}

/** The log of a request, with what is missing from it. */
export function toWholeLog(request: LoggedRequest, read: ReadLog, state: WholeLogState): WholeLog {
  const { log } = read;
  const missing = missingPart(request, state);
  const { report } = state.times;
  const gapLine = (omitted: number) => `${LOCAL_NOTE_PREFIX}${toSentence(message('wholeLogGap', omitted))}`;
  return {
    text: log.text(gapLine),
    logEvents: read.logEvents,
    events: log.events,
    isComplete: missing === undefined && log.omitted === 0,
    notes: [...notesOf(request, read, state)],
    ...(missing !== undefined && { missing }),
    ...(report !== undefined && { report }),
  };
}
