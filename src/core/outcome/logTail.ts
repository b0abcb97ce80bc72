import { fromBase64 } from '../invocation/base64.ts';
import { isRecord } from '../json/isRecord.ts';
import { parseJsonReports } from './jsonReport.ts';
import { LIMITS } from '../invocation/limits.ts';
import type { Report } from './report.ts';
import { parseTextReports } from './textReport.ts';

/** The location of a log that Lambda doesn't return. */
interface LogLocation {
  readonly logGroup: string;
  readonly logStreamName?: string;
}

/** The log tail, and whether Lambda truncated it to the last 4 KB. */
export interface LogTail {
  readonly text: string;
  readonly isTruncated: boolean;
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
 * Decodes LogResult (base64 of the last 4,096 bytes of the log) and drops UTF-8 characters truncated at either end.
 * Some functions return JSON `{logGroup, logStreamName}` instead: then `location` is set. Returns undefined for invalid
 * base64. Source: Lambda API reference, X-Amz-Log-Result.
 */
export function decodeLogResult(LogResult: string): LogTail | undefined {
  const bytes = fromBase64(LogResult);
  if (bytes === undefined) return undefined;
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  // `stream` drops an incomplete last character.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start), { stream: true });
  const location = parseLocation(text);
  // Keep the end, where the report is.
  const capped = text.length > LIMITS.log ? `…${text.slice(1 - LIMITS.log)}` : text;
  return {
    text: capped,
    isTruncated: bytes.byteLength >= LIMITS.logTail,
    ...(location !== undefined && { location }),
  };
}

/** Only the end of a longer log (from an emulator or a stream) is searched for reports. In characters. */
const MAX_READ = 16_384;

/** The last report of the given request, or the last report of any if there is none. */
export function findReport(log: string, requestId?: string): Report | undefined {
  const logTail = log.slice(-MAX_READ);
  const reports = [...parseTextReports(logTail), ...parseJsonReports(logTail)].toSorted((a, b) => a.index - b.index);
  const matching = reports.findLast(({ report }) => requestId !== undefined && report.requestId === requestId);
  const report = (matching ?? reports.at(-1))?.report;
  return report === undefined || Object.keys(report).length === 0 ? undefined : report;
}

/**
 * Parses the last REPORT line (text format) or platform.report (JSON format). Incomplete figures are omitted. Times in
 * ms, memory in MB. Sources: Lambda developer guide (log formats), logs of real functions.
 */
export function parseReport(logTail: string): Report | undefined {
  return findReport(logTail);
}
