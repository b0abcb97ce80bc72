import { isRecord } from '../json/isRecord.ts';
import type { Report } from './report.ts';
import type { ReportMatch } from './textReport.ts';

/** The end of the JSON object that starts at `start`, or undefined if it's incomplete. Handles strings and escapes. */
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

/** The maximum number of opening braces to try before a match. */
const MAX_BRACES = 50;
/** The maximum number of reports to parse, from the end. */
const MAX_REPORTS = 100;

/** The innermost platform.report object around a position. */
function eventAround(text: string, position: number): Record<string, unknown> | undefined {
  let start = text.lastIndexOf('{', position);
  for (let tried = 0; start !== -1 && tried < MAX_BRACES; tried++) {
    const end = objectEnd(text, start);
    const event = end !== undefined && end > position ? parseObject(text.slice(start, end)) : undefined;
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

/** Parses every complete platform.report event in a JSON log, anywhere in a line. Times in ms, memory in MB. */
export function parseJsonReports(logTail: string): ReportMatch[] {
  const matches = [...logTail.matchAll(/"type"\s*:\s*"platform\.report"/g)].slice(-MAX_REPORTS);
  return matches.flatMap(({ index }) => {
    const record = eventAround(logTail, index)?.['record'];
    return isRecord(record) ? [{ index, report: toReport(record) }] : [];
  });
}
