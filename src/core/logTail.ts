import { fromBase64 } from './base64.ts';
import { LIMITS } from './limits.ts';
import { parseJsonReport } from './jsonReport.ts';
import type { Report } from './report.ts';

/** The log tail as text, and whether Lambda cut it: it returns the last 4 KB only. */
export interface LogTail {
  readonly text: string;
  readonly isCut: boolean;
}

/**
 * Decodes LogResult (base64 of the last 4,096 bytes of the log). The cut can fall inside a UTF-8 character: its rest is
 * left out. Answers undefined where the field is not base64. Source: Invoke's X-Amz-Log-Result.
 */
export function decodeLogResult(LogResult: string): LogTail | undefined {
  const bytes = fromBase64(LogResult);
  if (bytes === undefined) return undefined;
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  return { text: new TextDecoder().decode(bytes.subarray(start)), isCut: bytes.byteLength >= LIMITS.logTail };
}

// The start of a REPORT line; not INIT_REPORT, RESTORE_REPORT, nor a REPORT quoted inside a JSON log line.
const REPORT_START = /^[^\n{"]*?(?<!_)REPORT RequestId:[ \t]+/gm;

const MS = String.raw`(\d+(?:\.\d+)?) ms`;
const MB = String.raw`(\d+(?:\.\d+)?) MB`;

const FIGURES = {
  durationMs: new RegExp(`(?<!Billed |Init |Restore )Duration: ${MS}`),
  billedDurationMs: new RegExp(`Billed Duration: ${MS}`),
  memorySizeMB: new RegExp(`Memory Size: ${MB}`),
  maxMemoryUsedMB: new RegExp(`Max Memory Used: ${MB}`),
  initDurationMs: new RegExp(`Init Duration: ${MS}`),
  restoreDurationMs: new RegExp(`(?<!Billed )Restore Duration: ${MS}`),
  billedRestoreDurationMs: new RegExp(`Billed Restore Duration: ${MS}`),
} as const satisfies Partial<Record<keyof Report, RegExp>>;

/** Error types known to be whole where the text ends with them. */
const WHOLE_ERROR_TYPE =
  /^(Sandbox\.Timedout|Function\.ResponseSizeTooLarge|Runtime\.(Unknown|ExitError|ImportModuleError|HandlerNotFound|MalformedHandlerName|UserCodeSyntaxError|UnhandledPromiseRejection|OutOfMemory|InvalidEntrypoint)|Extension\.(InitError|ExitError|Crash))$/;

function lastTextReport(logTail: string): { index: number; report: Report } | undefined {
  const start = [...logTail.matchAll(REPORT_START)].at(-1);
  if (start === undefined) return undefined;
  const rest = logTail.slice(start.index + start[0].length);
  const line = /^[^\n]*\n?/.exec(rest)?.[0] ?? '';
  const report: Report = {};
  // An id or trace cut at the end of the text is known by its length; with something behind it, it is whole.
  const requestId = /^(\S+)(?=\s)|^([\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12})$/.exec(line)?.[0];
  if (requestId !== undefined) report.requestId = requestId;
  for (const [figure, pattern] of Object.entries(FIGURES) as [keyof typeof FIGURES, RegExp][]) {
    const value = pattern.exec(line)?.[1];
    if (value !== undefined) report[figure] = Number(value);
  }
  const status = /\bStatus: (?:(timeout|error|success|failure)\b|(\w+)(?=\s))/.exec(line);
  const statusWord = status?.[1] ?? status?.[2];
  if (statusWord !== undefined) report.status = statusWord;
  const named = /\bError Type: (\S+)(\s)?/.exec(line);
  const errorType = named?.[2] !== undefined || WHOLE_ERROR_TYPE.test(named?.[1] ?? '') ? named?.[1] : undefined;
  if (errorType !== undefined) report.errorType = errorType;
  const thisInvocation = rest.split(/^[^\n{"]*START RequestId:/m, 1)[0] ?? rest;
  const trace = /\bXRAY TraceId: (?:(\S+)(?=\s)|(1-[\da-f]{8}-[\da-f]{24})$)/.exec(thisInvocation);
  const traceId = trace?.[1] ?? trace?.[2];
  if (traceId !== undefined) report.xrayTraceId = traceId;
  return { index: start.index, report };
}

/**
 * The figures of the last REPORT line (text log format) or platform.report (JSON log format). Only figures that stand
 * whole in the text are given; without a report there are none. Times in ms, memory in MB.
 * Source: Lambda developer guide, log format of REPORT and platform.report; lines of real functions.
 */
export function parseReport(logTail: string): Report | undefined {
  const text = lastTextReport(logTail);
  const json = parseJsonReport(logTail);
  const found = text !== undefined && (json === undefined || text.index > json.index) ? text : json;
  return found === undefined || Object.keys(found.report).length === 0 ? undefined : found.report;
}
