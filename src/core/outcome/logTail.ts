import { fromBase64 } from '../invocation/base64.ts';
import { isRecord } from '../json/isRecord.ts';
import { parseJsonReports } from './jsonReport.ts';
import { LIMITS } from '../invocation/limits.ts';
import type { Report } from './report.ts';
import { parseTextReports } from './textReport.ts';

/** Where a log is when Lambda names its place instead of sending its end. */
interface LogLocation {
  readonly logGroup: string;
  readonly logStreamName?: string;
}

/** The log tail as text, and whether Lambda cut it: it returns the last 4 KB only. */
export interface LogTail {
  readonly text: string;
  readonly isCut: boolean;
  readonly location?: LogLocation;
}

function parseLocation(text: string): LogLocation | undefined {
  if (!text.trimStart().startsWith('{') || !text.includes('"logGroup"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || typeof value['logGroup'] !== 'string') return undefined;
    const { logGroup, logStreamName } = value;
    return { logGroup, ...(typeof logStreamName === 'string' && { logStreamName }) };
  } catch {
    return undefined;
  }
}

/**
 * Decodes LogResult (base64 of the last 4,096 bytes of the log). The cut can fall inside a UTF-8 character, at either
 * end: what is left of it is left out. Some functions get the JSON `{logGroup, logStreamName}` instead of text: then
 * `location` says where the log is. Answers undefined where the field is not base64. Source: Invoke's X-Amz-Log-Result.
 */
export function decodeLogResult(LogResult: string): LogTail | undefined {
  const bytes = fromBase64(LogResult);
  if (bytes === undefined) return undefined;
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  // `stream` keeps back a character whose rest is missing.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start), { stream: true });
  const location = parseLocation(text);
  // A log is read from its end.
  const shown = text.length > LIMITS.log ? `…${text.slice(1 - LIMITS.log)}` : text;
  return {
    text: shown,
    isCut: bytes.byteLength >= LIMITS.logTail,
    ...(location !== undefined && { location }),
  };
}

/** A tail has 4 KB; of a longer log (an emulator's, a stream's) so many of the last characters are read. */
const MAX_READ = 16_384;

/** The last report of an invocation of this id; without an id, or without one of it, the last there is. */
export function findReport(log: string, requestId?: string): Report | undefined {
  const logTail = log.slice(-MAX_READ);
  const found = [...parseTextReports(logTail), ...parseJsonReports(logTail)].toSorted((a, b) => a.index - b.index);
  const own = found.findLast(({ report }) => requestId !== undefined && report.requestId === requestId);
  const report = (own ?? found.at(-1))?.report;
  return report === undefined || Object.keys(report).length === 0 ? undefined : report;
}

/**
 * The figures of the last REPORT line (text log format) or platform.report (JSON log format). Only figures that stand
 * whole in the text are given; without a report there are none. Times in ms, memory in MB.
 * Source: Lambda developer guide, log format of REPORT and platform.report; lines of real functions.
 */
export function parseReport(logTail: string): Report | undefined {
  return findReport(logTail);
}
