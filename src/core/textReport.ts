import type { Report } from './report.ts';

/** A report and where it begins in the text. */
export interface FoundReport {
  readonly index: number;
  readonly report: Report;
}

// The start of a REPORT line; not INIT_REPORT or RESTORE_REPORT. What stands before it on its line is looked at apart.
const REPORT_START = /(?<!_)REPORT RequestId:[ \t]*/g;

const MS = String.raw`(\d+(?:\.\d+)?) ?ms`;
const MB = String.raw`(\d+(?:\.\d+)?) ?MB`;

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

/** Whether a place lies inside of a JSON string that began on the same line: a REPORT there is quoted. */
function isQuoted(text: string, index: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', index - 1) + 1, index);
  return (before.match(/(?<!\\)(?:\\\\)*"/g)?.length ?? 0) % 2 === 1;
}

function readReport(logTail: string, from: number): Report {
  const rest = logTail.slice(from);
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
  return report;
}

/** Every REPORT line of a log in text format, first to last. Times in ms, memory in MB; only what stands whole. */
export function parseTextReports(logTail: string): FoundReport[] {
  return [...logTail.matchAll(REPORT_START)]
    .filter(({ index }) => !isQuoted(logTail, index))
    .map((start) => ({ index: start.index, report: readReport(logTail, start.index + start[0].length) }));
}
