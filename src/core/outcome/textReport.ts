import type { Report } from './report.ts';

/** A report and its start offset in the text. */
export interface ReportMatch {
  readonly index: number;
  readonly report: Report;
}

// The start of a REPORT line, but not of INIT_REPORT or RESTORE_REPORT. The text before it on its line is checked
// separately.
const REPORT_START = /(?<!_)REPORT\s+RequestId:[ \t]*/g;

// A request ID. At the end of the text, which may be truncated, only one of full length is accepted.
const ID = /^([\w-]+)(?=[\s,;|])|^(?:\s+)?([\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12})(?=[\s,;|]|$)/;

/** Placeholders that people use to redact a request ID. The figures follow after it. */
const REDACTED_ID = /^(?:\[[^\]\n]*\]|<[^>\n]*>|\{[^}\n]*\}|"[^"\n]*"|[^\s,;|:[<{"]+)(?=[\s,;|])/;

/** How many characters after a REPORT line are searched for more fields. */
const MAX_CONTINUATION_LENGTH = 2000;

/** The maximum number of reports to parse, from the end. */
const MAX_REPORTS = 100;

// A figure's unit is followed by white space, a separator, the end, or the next field without a separator.
const FIGURE_END = /(?:[\s,;|]|$|(?:Billed|Init|Restore|Memory|Max|Error|XRAY)\s|(?:Duration|Status):)/y;

const FIGURES = {
  durationMs: /Duration:\s*(\d+(?:\.\d+)?)\s?ms/y,
  billedDurationMs: /Billed\s+Duration:\s*(\d+(?:\.\d+)?)\s?ms/y,
  memorySizeMB: /Memory\s+Size:\s*(\d+(?:\.\d+)?)\s?MB/y,
  maxMemoryUsedMB: /Max\s+Memory\s+Used:\s*(\d+(?:\.\d+)?)\s?MB/y,
  initDurationMs: /Init\s+Duration:\s*(\d+(?:\.\d+)?)\s?ms/y,
  restoreDurationMs: /Restore\s+Duration:\s*(\d+(?:\.\d+)?)\s?ms/y,
  billedRestoreDurationMs: /Billed\s+Restore\s+Duration:\s*(\d+(?:\.\d+)?)\s?ms/y,
} as const satisfies Partial<Record<keyof Report, RegExp>>;

const STATUS = /Status:\s*(?:(timeout|error|success|failure)\b|(\w+)(?=\s))/y;
const ERROR_TYPE = /Error\s+Type:\s*(\S+)(\s)?/y;

/**
 * An unknown field, delimited by tabs or with a numeric value and unit, so that an extension's output doesn't match.
 */
const OTHER_FIELD =
  /(?!REPORT|START|END|INIT|RESTORE|XRAY)[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*:(?:[^\t\n]*(?=\t)|\s*\d+(?:\.\d+)?\s?[A-Za-z]+(?=[\s,;|]|$))/y;

const START_PREFIX = 'START RequestId:';

/** Error types that are known to be complete at the end of a truncated text. */
const WHOLE_ERROR_TYPE =
  /^(Sandbox\.Timedout|Function\.ResponseSizeTooLarge|Runtime\.(Unknown|ExitError|ImportModuleError|HandlerNotFound|MalformedHandlerName|UserCodeSyntaxError|UnhandledPromiseRejection|OutOfMemory|InvalidEntrypoint)|Extension\.(InitError|ExitError|Crash))$/;

/** Whether a position is inside a JSON string that starts on the same line. Such a REPORT is quoted. */
function isQuoted(text: string, index: number): boolean {
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  // A tail may start inside a string, so that its closing quote looks like an opening one. After a brace, the JSON is
  // over.
  if (lineStart === 0 && text[index - 1] === '}') return false;
  const before = text.slice(lineStart, index);
  return (before.match(/(?<!\\)(?:\\\\)*"/g)?.length ?? 0) % 2 === 1;
}

/** Parses one field at an offset into the report. Returns its end, or undefined if there is no field. */
function readField(line: string, at: number, report: Report): number | undefined {
  for (const [name, pattern] of Object.entries(FIGURES) as [keyof typeof FIGURES, RegExp][]) {
    pattern.lastIndex = at;
    const value = pattern.exec(line)?.[1];
    FIGURE_END.lastIndex = pattern.lastIndex;
    if (value === undefined || !FIGURE_END.test(line)) continue;
    report[name] ??= Number(value);
    return pattern.lastIndex;
  }
  STATUS.lastIndex = at;
  const status = STATUS.exec(line);
  if (status !== null) {
    report.status ??= status[1] ?? status[2] ?? '';
    return STATUS.lastIndex;
  }
  ERROR_TYPE.lastIndex = at;
  const match = ERROR_TYPE.exec(line);
  if (match !== null) {
    const isComplete = match[2] !== undefined || WHOLE_ERROR_TYPE.test(match[1] ?? '');
    if (isComplete && match[1] !== undefined) report.errorType ??= match[1];
    return ERROR_TYPE.lastIndex;
  }
  OTHER_FIELD.lastIndex = at;
  return OTHER_FIELD.test(line) ? OTHER_FIELD.lastIndex : undefined;
}

/** Parses consecutive fields. Returns false at other text, which ends the report. */
function readFields(text: string, from: number, report: Report): boolean {
  for (let at = from; at < text.length;) {
    if (/[\s,;|]/.test(text[at] ?? '')) at++;
    else {
      const end = readField(text, at, report);
      if (end === undefined) return false;
      at = end;
    }
  }
  return true;
}

const hasAllFigures = ({ durationMs, billedDurationMs, memorySizeMB, maxMemoryUsedMB }: Report) =>
  [durationMs, billedDurationMs, memorySizeMB, maxMemoryUsedMB].every((value) => value !== undefined);

/** A field name at the end of a line, with its value on the next line. */
const NAME_AT_LINE_END = /:[ \t]*\r?\n$/;

/** How many lines after a REPORT line are read. A report has fewer fields than that. */
const MAX_LINES = 40;

/**
 * Parses the following lines, since consoles and copies wrap reports, until a line has other text. After a complete
 * report, only figures are read, because another program's output may follow.
 */
function readContinuation(continuation: string, report: Report): void {
  const isComplete = hasAllFigures(report);
  let pending = '';
  let lines = 0;
  for (const [line] of continuation.slice(0, MAX_CONTINUATION_LENGTH).matchAll(/[^\n]*\n|[^\n]+$/g)) {
    if (lines++ === MAX_LINES) return;
    pending += line;
    if (NAME_AT_LINE_END.test(pending)) continue;
    const fields: Report = {};
    if (!readFields(pending, 0, fields)) return;
    const { status, errorType, ...figures } = fields;
    const newFields = isComplete
      ? figures
      : { ...figures, ...(status !== undefined && { status }), ...(errorType !== undefined && { errorType }) };
    Object.assign(report, { ...newFields, ...report });
    pending = '';
  }
}

/** The log up to the line where the next invocation starts. Skips START lines that are quoted inside JSON. */
function untilNextStart(log: string): string {
  for (let at = log.indexOf(START_PREFIX); at !== -1; at = log.indexOf(START_PREFIX, at + 1)) {
    const lineStart = log.lastIndexOf('\n', at) + 1;
    if (!/[{"]/.test(log.slice(lineStart, at))) return log.slice(0, lineStart);
    const lineEnd = log.indexOf('\n', at);
    at = lineEnd === -1 ? log.length : lineEnd;
  }
  return log;
}

function readReport(logTail: string, from: number): Report {
  const rest = logTail.slice(from);
  const line = /^[^\n]*\n?/.exec(rest)?.[0] ?? '';
  const report: Report = {};
  const match = ID.exec(rest);
  const id = match?.[1] ?? match?.[2];
  if (id !== undefined) report.requestId = id;
  const idLength = match?.[0].length ?? REDACTED_ID.exec(line)?.[0].length ?? 0;
  const firstLineEnd = Math.max(line.length, idLength);
  if (readFields(rest.slice(0, firstLineEnd), idLength, report)) readContinuation(rest.slice(firstLineEnd), report);
  const thisInvocation = untilNextStart(rest);
  const trace = /\bXRAY TraceId:\s*(?:(\S+)(?=\s)|(1-[\da-f]{8}-[\da-f]{24})$)/.exec(thisInvocation);
  const traceId = trace?.[1] ?? trace?.[2];
  if (traceId !== undefined) report.xrayTraceId = traceId;
  return report;
}

/** Parses the REPORT lines of a text log, in order. Times in ms, memory in MB. Incomplete figures are omitted. */
export function parseTextReports(logTail: string): ReportMatch[] {
  return [...logTail.matchAll(REPORT_START)]
    .slice(-MAX_REPORTS)
    .filter(({ index }) => !isQuoted(logTail, index))
    .map((start) => ({ index: start.index, report: readReport(logTail, start.index + start[0].length) }));
}
