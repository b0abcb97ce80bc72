import { followLogs } from '../app/logs/followLogs.ts';
import { readWholeLog } from '../app/logs/readWholeLog.ts';
import type { AwsTarget } from '../core/connection/aws.ts';
import type { LogEvent } from '../core/logs/logEvent.ts';
import type { LogProgress } from '../core/logs/logProgress.ts';
import type { LogReader } from '../core/logs/logReader.ts';
import { createRecentIds } from '../core/logs/recentIds.ts';
import { visibleLine } from '../core/messages/visibleText.ts';
import { functionLog, type FunctionLog } from './functionLog.ts';
import type { Interrupt } from './interrupt.ts';
import { jsonLine, textLines } from './logLines.ts';
import type { LogsOptions } from './logsArguments.ts';
import { createOutput } from './output.ts';
import type { ProcessIo } from './processIo.ts';
import { sentenceOf } from './sentenceOf.ts';
import { loadAws } from './session.ts';

interface LogsContext {
  readonly reader: LogReader;
  readonly log: FunctionLog;
  readonly since: number;
  /** Aborts with Ctrl+C, and when nothing more can be written. */
  readonly signal: AbortSignal;
  readonly print: (events: readonly LogEvent[]) => Promise<void>;
  /** Writes a line to stderr. */
  readonly note: (text: string) => void;
}

const PHASES: Readonly<Record<LogProgress['phase'], string>> = {
  searching: 'Waiting for events of the request.',
  waiting: 'Waiting for the report of the request.',
  reading: 'Reading the log of the request.',
};

/** Resolves to 1 if a part of the log is missing. */
async function readRequest(
  requestId: string,
  { reader, log, since, signal, print, note }: LogsContext,
): Promise<number> {
  const { target, logGroup, timeoutMs, hidesReport = false } = log;
  let lastPhase: string | undefined;
  const whole = await readWholeLog(
    // When it ended is unknown. Usually, the caller gets the ID from its response.
    {
      requestId,
      logGroup,
      startedAt: since,
      endedAt: Date.now(),
      hidesReport,
      ...(timeoutMs !== undefined && { timeoutMs }),
    },
    {
      filterLogEvents: (query, onPage, readSignal) => reader.filterLogEvents(target, query, onPage, readSignal),
      signal,
      includesEvents: true,
      onProgress({ phase }) {
        if (phase !== lastPhase) note(PHASES[phase]);
        lastPhase = phase;
      },
    },
  );
  await print(whole.logEvents);
  const { missing, notes, events } = whole;
  for (const one of notes) if (one.code !== 'wholeLogTruncated') note(sentenceOf(one));
  if (missing === undefined) return 0;
  note(sentenceOf(missing));
  if (events === 0) note(`Searched since ${new Date(since).toISOString()}. Use --since for an earlier start.`);
  return 1;
}

async function follow({ reader, log, since, signal, print, note }: LogsContext): Promise<number> {
  const { target, logGroup } = log;
  let lastProblem: string | undefined;
  note(`Following ${logGroup}. Press Ctrl+C to stop.`);
  await followLogs(
    reader,
    [{ target, logGroup, startTime: since }],
    {
      onEvents: print,
      onProblem(problem) {
        const text = problem && sentenceOf(problem);
        if (text !== undefined && text !== lastProblem) note(`${text} Trying again.`);
        lastProblem = text;
      },
    },
    { signal },
  );
  return 0;
}

async function readRange({ reader, log, since, signal, print, note }: LogsContext): Promise<number> {
  const { target, logGroup } = log;
  const ids = createRecentIds();
  let count = 0;
  const onPage = async (page: readonly LogEvent[]) => {
    const events = page.filter(({ id }) => ids.add(id));
    count += events.length;
    await print(events);
  };
  await reader.filterLogEvents(target, { logGroup, startTime: since }, onPage, signal);
  if (count === 0) note(`${logGroup} has no events since ${new Date(since).toISOString()}.`);
  return 0;
}

/**
 * Writes the log of a function to stdout. Resolves to the exit code. Rejects with InvokeError if the log can't be read,
 * and with UsageError if it can't be written.
 */
export async function runLogs(options: LogsOptions, io: ProcessIo, interrupt: Interrupt): Promise<number> {
  const { source, requestId, since, profile, region } = options;
  const aws = await loadAws(io)();
  const target: AwsTarget = {
    kind: 'aws',
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
  };
  const output = createOutput(io.stdout, 'stdout');
  const errors = createOutput(io.stderr, 'stderr');
  const closed = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, closed.signal]);
  const toText = options.isJson ? jsonLine : textLines;
  const note = (text: string) => void errors.write(`${visibleLine(text)}\n`);

  async function print(events: readonly LogEvent[]): Promise<void> {
    if (events.length === 0) return;
    await output.write(events.map(toText).join(''));
    if (output.isClosed) closed.abort();
  }

  try {
    const log =
      'logGroup' in source ? { ...source, target } : await functionLog(source.functionName, { aws, target, signal });
    if (log.note !== undefined) note(sentenceOf(log.note));
    const context = { reader: aws.logs, log, since, signal, print, note };
    if (requestId !== undefined) return await readRequest(requestId, context);
    return await (options.follows ? follow(context) : readRange(context));
  } catch (error) {
    if (signal.aborted) return 0;
    throw error;
  } finally {
    output.check();
  }
}
