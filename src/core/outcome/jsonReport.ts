import { isRecord } from '../json/isRecord.ts';
import type { Report } from './report.ts';
import type { ReportMatch } from './textReport.ts';

/** The end of the JSON object that starts at `start`, or undefined where it is not whole. Knows strings and escapes. */
function objectEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** So many braces before a place are tried: an event has few. */
const MAX_BRACES = 50;
/** Of reports that follow one another, so many of the last are read. */
const MAX_REPORTS = 100;

/** The event around a place in the text: the nearest object to its left that is a platform.report. */
function eventAround(text: string, place: number): Record<string, unknown> | undefined {
  let start = text.lastIndexOf('{', place);
  for (let looked = 0; start !== -1 && looked < MAX_BRACES; looked++) {
    const end = objectEnd(text, start);
    const event = end !== undefined && end > place ? parseObject(text.slice(start, end)) : undefined;
    if (event?.['type'] === 'platform.report') return event;
    start = start === 0 ? -1 : text.lastIndexOf('{', start - 1);
  }
  return undefined;
}

const METRICS = [
  'durationMs',
  'billedDurationMs',
  'memorySizeMB',
  'maxMemoryUsedMB',
  'initDurationMs',
  'restoreDurationMs',
  'billedRestoreDurationMs',
] as const satisfies readonly (keyof Report)[];

function toReport(record: Record<string, unknown>): Report {
  const report: Report = {};
  const metrics = isRecord(record['metrics']) ? record['metrics'] : {};
  for (const metric of METRICS) {
    const value = metrics[metric];
    if (typeof value === 'number' && Number.isFinite(value)) report[metric] = value;
  }
  const { requestId, status, errorType, tracing } = record;
  if (typeof requestId === 'string') report.requestId = requestId;
  if (typeof status === 'string') report.status = status;
  if (typeof errorType === 'string') report.errorType = errorType;
  const trace = isRecord(tracing) && typeof tracing['value'] === 'string' ? tracing['value'] : '';
  const root = /(?:^|;)Root=([^;]+)/.exec(trace)?.[1];
  if (root !== undefined) report.xrayTraceId = root;
  return report;
}

/** Every whole platform.report of a log in JSON format, wherever it stands in a line. Times in ms, memory in MB. */
export function parseJsonReports(logTail: string): ReportMatch[] {
  const found = [...logTail.matchAll(/"type"\s*:\s*"platform\.report"/g)].slice(-MAX_REPORTS);
  return found.flatMap(({ index }) => {
    const record = eventAround(logTail, index)?.['record'];
    return isRecord(record) ? [{ index, report: toReport(record) }] : [];
  });
}
