import { LIMITS } from '../../core/invocation/limits.ts';

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

interface LogContext {
  readonly requestId: string;
  readonly version: string;
  readonly format: 'Text' | 'JSON';
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/**
 * The log of one invocation: START to REPORT in Lambda's text format, platform.start to platform.report in its JSON
 * format.
 * Source: Lambda developer guide, "Log formats"; Telemetry API, "Event schema".
 */
export class InvocationLog {
  readonly #context: LogContext;
  #chunks: Buffer[] = [];
  #length = 0;
  /** The report that isn't in the log yet. */
  #report: (() => ReportMetrics) | undefined;

  constructor(context: LogContext) {
    this.#context = context;
    const { requestId, version } = context;
    this.#write(`START RequestId: ${requestId} Version: ${version}`, 'platform.start', { requestId, version });
  }

  append(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#length += bytes.byteLength;
    while (this.#length > MAX_BYTES && this.#chunks.length > 1) this.#length -= this.#chunks.shift()?.byteLength ?? 0;
  }

  /** Appends a line of the platform, such as the timeout message. */
  appendPlatformLine(text: string): void {
    this.#line(text);
  }

  /** Appends the report of a failed init phase. */
  initReport(durationMs: number, status: 'timeout' | 'error', errorType?: string): void {
    const fields = [
      `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms`,
      'Phase: init',
      `Status: ${status}`,
      ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
    ];
    this.#write(fields.join('\t'), 'platform.initReport', {
      initializationType: 'on-demand',
      phase: 'init',
      status,
      ...(errorType !== undefined && { errorType }),
      metrics: { durationMs: rounded(durationMs) },
    });
  }

  /** Ends the log with a report, which is only made when the log is read: most responses are sent without their log. */
  end(report: () => ReportMetrics): void {
    this.#report = report;
  }

  #complete(): void {
    const report = this.#report;
    this.#report = undefined;
    if (report !== undefined) this.#appendReport(report());
  }

  #appendReport(metrics: ReportMetrics): void {
    const { durationMs, memorySize, maxMemoryUsedMB, initDurationMs, status, errorType } = metrics;
    const { requestId } = this.#context;
    const ms = (value: number) => value.toFixed(2);
    const billedDurationMs = Math.ceil(durationMs + (initDurationMs ?? 0));
    if (this.#context.format === 'Text') this.#line(`END RequestId: ${requestId}`);
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
    this.#write(`${fields.join('\t')}\t`, 'platform.report', {
      requestId,
      metrics: {
        durationMs: rounded(durationMs),
        billedDurationMs,
        memorySizeMB: memorySize,
        ...(maxMemoryUsedMB !== undefined && { maxMemoryUsedMB }),
        ...(initDurationMs !== undefined && { initDurationMs: rounded(initDurationMs) }),
      },
      status: status ?? 'success',
      ...(errorType !== undefined && { errorType }),
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
    return this.tail().includes('JavaScript heap out of memory');
  }

  #write(text: string, type: string, record: object): void {
    this.#line(
      this.#context.format === 'Text' ? text : JSON.stringify({ time: new Date().toISOString(), type, record }),
    );
  }

  #line(text: string): void {
    const last = this.#chunks.at(-1);
    const needsBreak = last !== undefined && last.at(-1) !== 0x0a;
    this.append(Buffer.from(`${needsBreak ? '\n' : ''}${text}\n`));
  }
}
