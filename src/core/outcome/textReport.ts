import type { Report } from './report.ts';

/** A report and where it begins in the text. */
export interface ReportMatch {
  readonly index: number;
  readonly report: Report;
}

// The start of a REPORT line; not INIT_REPORT or RESTORE_REPORT. What stands before it on its line is looked at apart.
const REPORT_START = /(?<!_)REPORT\s+RequestId:[ \t]*/g;

// An id cut at the end of the text is known by its length; with something behind it, it is whole.
const ID = /^([\w-]+)(?=[\s,;|])|^(?:\s+)?([\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12})(?=[\s,;|]|$)/;

/** What people put in place of an id before they show a log to others: it is no id, and the figures follow it. */
const MASK = /^(?:\[[^\]\n]*\]|<[^>\n]*>|\{[^}\n]*\}|"[^"\n]*"|[^\s,;|:[<{"]+)(?=[\s,;|])/;

/** So much below a report is looked at. In characters. */
const MAX_BELOW = 2000;

/** Of reports that follow one another, so many of the last are read. */
const MAX_REPORTS = 100;

// Behind a figure's unit there may be white space, the end, or the next field, glued to it.
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

/** A field that is not ours, whole between tabs or a figure with its unit; text of an extension is none. */
const OTHER_FIELD =
  /(?!REPORT|START|END|INIT|RESTORE|XRAY)[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*:(?:[^\t\n]*(?=\t)|\s*\d+(?:\.\d+)?\s?[A-Za-z]+(?=[\s,;|]|$))/y;

const START = 'START RequestId:';

/** Error types known to be whole where the text ends with them. */
const WHOLE_ERROR_TYPE =
  /^(Sandbox\.Timedout|Function\.ResponseSizeTooLarge|Runtime\.(Unknown|ExitError|ImportModuleError|HandlerNotFound|MalformedHandlerName|UserCodeSyntaxError|UnhandledPromiseRejection|OutOfMemory|InvalidEntrypoint)|Extension\.(InitError|ExitError|Crash))$/;

/** Whether a place lies inside of a JSON string that began on the same line: a REPORT there is quoted. */
function isQuoted(text: string, index: number): boolean {
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  // A tail may begin inside of a string, whose end is then taken for a beginning: behind a brace the JSON is over.
  if (lineStart === 0 && text[index - 1] === '}') return false;
  const before = text.slice(lineStart, index);
  return (before.match(/(?<!\\)(?:\\\\)*"/g)?.length ?? 0) % 2 === 1;
}

/** Reads one field at a place of the line into the report; answers with its end, or undefined where none begins there. */
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
  const named = ERROR_TYPE.exec(line);
  if (named !== null) {
    const isWhole = named[2] !== undefined || WHOLE_ERROR_TYPE.test(named[1] ?? '');
    if (isWhole && named[1] !== undefined) report.errorType ??= named[1];
    return ERROR_TYPE.lastIndex;
  }
  OTHER_FIELD.lastIndex = at;
  return OTHER_FIELD.test(line) ? OTHER_FIELD.lastIndex : undefined;
}

/** The fields that follow one another in the text; false where something else is glued behind them, which ends the report. */
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

const isComplete = ({ durationMs, billedDurationMs, memorySizeMB, maxMemoryUsedMB }: Report) =>
  [durationMs, billedDurationMs, memorySizeMB, maxMemoryUsedMB].every((value) => value !== undefined);

/** A name alone on its line has its figure on the next one. */
const NAME_ALONE = /:[ \t]*\r?\n$/;

/** So many lines below are looked at: a report has fewer fields than that. */
const MAX_LINES = 40;

/**
 * The fields of the lines below, as consoles and wrapped copies have them, as long as a line holds nothing else. Below a
 * line with all the usual figures, another program's may begin: of those, figures only.
 */
function readBelow(below: string, report: Report): void {
  const isWhole = isComplete(report);
  let pending = '';
  let lines = 0;
  for (const [line] of below.slice(0, MAX_BELOW).matchAll(/[^\n]*\n|[^\n]+$/g)) {
    if (lines++ === MAX_LINES) return;
    pending += line;
    if (NAME_ALONE.test(pending)) continue;
    const found: Report = {};
    if (!readFields(pending, 0, found)) return;
    const { status, errorType, ...figures } = found;
    const own = isWhole
      ? figures
      : { ...figures, ...(status !== undefined && { status }), ...(errorType !== undefined && { errorType }) };
    Object.assign(report, { ...own, ...report });
    pending = '';
  }
}

/** A log up to the line on which the next invocation starts; inside of JSON the words are quoted. */
function upToStart(log: string): string {
  for (let at = log.indexOf(START); at !== -1; at = log.indexOf(START, at + 1)) {
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
  const named = ID.exec(rest);
  const id = named?.[1] ?? named?.[2];
  if (id !== undefined) report.requestId = id;
  const taken = named?.[0].length ?? MASK.exec(line)?.[0].length ?? 0;
  const behind = Math.max(line.length, taken);
  if (readFields(rest.slice(0, behind), taken, report)) readBelow(rest.slice(behind), report);
  const thisInvocation = upToStart(rest);
  const trace = /\bXRAY TraceId:\s*(?:(\S+)(?=\s)|(1-[\da-f]{8}-[\da-f]{24})$)/.exec(thisInvocation);
  const traceId = trace?.[1] ?? trace?.[2];
  if (traceId !== undefined) report.xrayTraceId = traceId;
  return report;
}

/** The REPORT lines of a log in text format, first to last. Times in ms, memory in MB; only what stands whole. */
export function parseTextReports(logTail: string): ReportMatch[] {
  return [...logTail.matchAll(REPORT_START)]
    .slice(-MAX_REPORTS)
    .filter(({ index }) => !isQuoted(logTail, index))
    .map((start) => ({ index: start.index, report: readReport(logTail, start.index + start[0].length) }));
}
