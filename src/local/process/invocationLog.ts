import { isLogged, type LoggingSettings, type LogLevel } from '../../core/functions/logLevels.ts';
import { LIMITS } from '../../core/invocation/limits.ts';
import { LOCAL_NOTE_PREFIX, LOCAL_NOTE_TYPE } from '../../core/logs/localNote.ts';
import { LogLevelFilter } from './logLevelFilter.ts';

/** The metrics in the REPORT line. Times in milliseconds, memory in MB. */
export interface ReportMetrics {
  readonly durationMs: number;
  readonly memorySize: number;
  /** Absent if it can't be measured. */
  readonly maxMemoryUsedMB?: number;
  readonly initDurationMs?: number;
  readonly status?: 'timeout' | 'error';
  readonly errorType?: string;
}

/** The maximum log size per invocation, in bytes. Responses contain only the last 4 KB. */
const MAX_BYTES = 1_048_576;

/** V8's message about an exhausted heap. */
const OUT_OF_MEMORY = 'JavaScript heap out of memory';

/** Receives what an invocation logs. */
export type OnLog = (bytes: Buffer) => void;

interface LogContext {
  readonly requestId: string;
  readonly version: string;
  readonly logging: LoggingSettings;
  readonly tenantId?: string | undefined;
  /** Receives what is appended, for followers of the log. */
  readonly onAppend?: OnLog | undefined;
}

/** A platform log line in both formats. */
interface PlatformLine {
  /** Absent if Lambda writes the line only to JSON logs. */
  readonly text?: string;
  readonly type: string;
  readonly level: LogLevel;
  readonly record: object;
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/**
 * The log of one invocation: START to REPORT in Lambda's text format, platform.start to platform.report in its JSON
 * format. JSON logs omit lines below the function's log levels.
 * Source: Lambda developer guide, "Log formats" and "Log-level filtering"; Telemetry API, "Event schema".
 */
export class InvocationLog {
  readonly #context: LogContext;
  #chunks: Buffer[] = [];
  #length = 0;
  /** The report that isn't in the log yet. */
  #report: (() => ReportMetrics) | undefined;
  readonly #filter: LogLevelFilter | undefined;
  /** Set while bytes arrive, because the filter may drop the message. */
  #hasOutOfMemoryError = false;

  constructor(context: LogContext) {
    this.#context = context;
    const { requestId, version, logging } = context;
    const { logFormat, applicationLogLevel = 'INFO' } = logging;
    if (logFormat === 'JSON') this.#filter = new LogLevelFilter(applicationLogLevel, (line) => this.#append(line));
    this.#write({
      text: `START RequestId: ${requestId} Version: ${version}`,
      type: 'platform.start',
      level: 'INFO',
      record: { ...this.#ids, version },
    });
  }

  /** Appends what the function has written. */
  append(bytes: Buffer): void {
    if (this.#filter === undefined) return this.#append(bytes);
    if (bytes.includes(OUT_OF_MEMORY)) this.#hasOutOfMemoryError = true;
    this.#filter.append(bytes);
  }

  #append(bytes: Buffer): void {
    this.#context.onAppend?.(bytes);
    this.#chunks.push(bytes);
    this.#length += bytes.byteLength;
    while (this.#length > MAX_BYTES && this.#chunks.length > 1) this.#length -= this.#chunks.shift()?.byteLength ?? 0;
  }

  /** Appends a line of the platform, such as the timeout message. */
  appendPlatformLine(text: string): void {
    this.#line(text);
  }

  /** Appends a line that Lambda doesn't write: how the function differs from its deployed version. */
  appendNote(text: string): void {
    const entry = { text: `${LOCAL_NOTE_PREFIX}${text}`, type: LOCAL_NOTE_TYPE, record: { message: text } };
    this.#write({ ...entry, level: 'INFO' });
  }

  /** Appends the report of an init phase. Text logs contain it only if the phase failed. */
  initReport(durationMs: number, status: 'success' | 'timeout' | 'error', errorType?: string): void {
    const fields = [
      `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms`,
      'Phase: init',
      `Status: ${status}`,
      ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
    ];
    this.#write({
      ...(status !== 'success' && { text: fields.join('\t') }),
      type: 'platform.initReport',
      level: status === 'success' ? 'DEBUG' : 'WARN',
      record: {
        initializationType: 'on-demand',
        phase: 'init',
        status,
        ...(errorType !== undefined && { errorType }),
        metrics: { durationMs: rounded(durationMs) },
      },
    });
  }

  /** Ends the log with a report, which is only made when the log is read: most responses are sent without their log. */
  end(report: () => ReportMetrics): void {
    this.#report = report;
  }

  #complete(): void {
    const report = this.#report;
    this.#report = undefined;
    this.#filter?.flush();
    if (report !== undefined) this.#appendReport(report());
  }

  #appendReport(metrics: ReportMetrics): void {
    const { durationMs, memorySize, maxMemoryUsedMB, initDurationMs, status, errorType } = metrics;
    const { requestId } = this.#context;
    const ms = (value: number) => value.toFixed(2);
    const billedDurationMs = Math.ceil(durationMs + (initDurationMs ?? 0));
    const error = errorType !== undefined && { errorType };
    this.#write({
      text: `END RequestId: ${requestId}`,
      type: 'platform.runtimeDone',
      level: status === undefined ? 'DEBUG' : 'WARN',
      record: { ...this.#ids, status: status ?? 'success', ...error, metrics: { durationMs: rounded(durationMs) } },
    });
    const fields = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${ms(durationMs)} ms`,
      `Billed Duration: ${billedDurationMs} ms`,
      `Memory Size: ${memorySize} MB`,
      ...(maxMemoryUsedMB === undefined ? [] : [`Max Memory Used: ${maxMemoryUsedMB} MB`]),
      ...(initDurationMs === undefined ? [] : [`Init Duration: ${ms(initDurationMs)} ms`]),
      ...(status === undefined ? [] : [`Status: ${status}`]),
      ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
    ];
    this.#write({
      text: `${fields.join('\t')}\t`,
      type: 'platform.report',
      level: status === undefined ? 'INFO' : 'WARN',
      record: {
        ...this.#ids,
        metrics: {
          durationMs: rounded(durationMs),
          billedDurationMs,
          memorySizeMB: memorySize,
          ...(maxMemoryUsedMB !== undefined && { maxMemoryUsedMB }),
          ...(initDurationMs !== undefined && { initDurationMs: rounded(initDurationMs) }),
        },
        status: status ?? 'success',
        ...error,
      },
    });
  }

  /** Its size in bytes. */
  get byteLength(): number {
    this.#complete();
    return this.#length;
  }

  get chunks(): readonly Buffer[] {
    this.#complete();
    return this.#chunks;
  }

  /** The last 4,096 bytes, even if that splits a line or a character, as in Lambda. */
  tail(): Buffer {
    this.#complete();
    let start = this.#chunks.length;
    for (let length = 0; start > 0 && length < LIMITS.logTail;) length += this.#chunks[--start]?.byteLength ?? 0;
    const end = Buffer.concat(this.#chunks.slice(start));
    return end.subarray(Math.max(0, end.byteLength - LIMITS.logTail));
  }

  /** Whether the log has V8's message about an exhausted heap. */
  get hasOutOfMemoryError(): boolean {
    return this.#hasOutOfMemoryError || this.tail().includes(OUT_OF_MEMORY);
  }

  get #ids(): object {
    const { requestId, tenantId } = this.#context;
    return { requestId, ...(tenantId !== undefined && { tenantId }) };
  }

  #write({ text, type, level, record }: PlatformLine): void {
    const { logFormat, systemLogLevel = 'INFO' } = this.#context.logging;
    if (logFormat === 'Text' && text !== undefined) this.#line(text);
    if (logFormat === 'JSON' && isLogged(level, systemLogLevel))
      this.#line(JSON.stringify({ time: new Date().toISOString(), type, record }));
  }

  #line(text: string): void {
    this.#filter?.flush();
    const last = this.#chunks.at(-1);
    const needsBreak = last !== undefined && last.at(-1) !== 0x0a;
    this.#append(Buffer.from(`${needsBreak ? '\n' : ''}${text}\n`));
  }
}
