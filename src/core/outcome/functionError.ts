import { isRecord } from '../json/isRecord.ts';
import { capText } from '../messages/capText.ts';

/** A function error as reported by the function. Parts it didn't report are absent. */
export interface FunctionErrorDetails {
  readonly type?: string;
  readonly message?: string;
  readonly stack: readonly string[];
  /** Causes (Java, .NET, Ruby), nearest first. Each may have its own causes. */
  readonly causes: readonly FunctionErrorDetails[];
  /** The number of stack lines that were omitted. The response contains them. */
  readonly omittedLines?: number;
}

const NO_DETAILS: FunctionErrorDetails = { stack: [], causes: [] };

/** Larger error payloads are shown as a response and not parsed. In bytes. */
const MAX_BYTES = 1_048_576;

/** The maximum depth of causes, and the maximum number of causes per error. */
const MAX_CAUSES = 20;

/** The maximum number of lines per stack. */
const MAX_LINES = 500;

/** Maximum lengths in characters. The response contains the full text. */
const MAX_LENGTH = { type: 1024, message: 65_536, line: 8192 } as const;

function frame(value: unknown): string[] {
  if (typeof value === 'string') return value.replace(/\n$/, '').split('\n');
  // Go: {path, line, label}
  if (isRecord(value) && typeof value['path'] === 'string') {
    const label = typeof value['label'] === 'string' ? ` ${value['label']}` : '';
    return [`${value['path']}:${String(value['line'])}${label}`];
  }
  // Older Python: [file, line, function, source]
  return Array.isArray(value)
    ? [value.map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : '…')).join(' ')]
    : [];
}

function frames(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n');
  return Array.isArray(value) ? value.flatMap(frame) : [];
}

/** The causes of an error. .NET reports a single cause twice: as `cause` and as the first of `causes`. */
function causesOf({ cause, causes }: Readonly<Record<string, unknown>>, depth: number): FunctionErrorDetails[] {
  if (depth >= MAX_CAUSES) return [];
  const causeRecords = (Array.isArray(causes) ? causes.slice(0, MAX_CAUSES) : []).filter(isRecord);
  const [first] = causeRecords;
  const isDuplicate =
    first !== undefined &&
    isRecord(cause) &&
    cause['errorType'] === first['errorType'] &&
    cause['errorMessage'] === first['errorMessage'];
  const all = isRecord(cause) && !isDuplicate ? [cause, ...causeRecords] : causeRecords;
  return all.map((causeRecord) => detailsOf(causeRecord, depth + (all.length > 1 ? MAX_CAUSES / 4 : 1)));
}

function detailsOf(value: Readonly<Record<string, unknown>>, depth: number): FunctionErrorDetails {
  const { errorType, errorMessage } = value;
  const lines = frames(value['trace'] ?? value['stackTrace']);
  return {
    ...(typeof errorType === 'string' && errorType !== '' && { type: capText(errorType, MAX_LENGTH.type) }),
    ...(typeof errorMessage === 'string' && { message: capText(errorMessage, MAX_LENGTH.message) }),
    stack: lines.slice(0, MAX_LINES).map((line) => capText(line, MAX_LENGTH.line)),
    causes: causesOf(value, depth),
    ...(lines.length > MAX_LINES && { omittedLines: lines.length - MAX_LINES }),
  };
}

/** All stack lines of an error and its causes, in display order. */
export function stackLines({ stack, causes }: FunctionErrorDetails): string[] {
  return [...stack, ...causes.flatMap(stackLines)];
}

/**
 * Parses the payload of a function error: type, message, stack and causes (Node `trace`; Python, Java, .NET, Ruby and
 * Go `stackTrace`; Java `cause`, .NET `cause` and `causes`). Any other payload results in an empty stack and no type.
 * Source: Lambda developer guide, errors in each runtime.
 */
export function parseFunctionError(payload: Uint8Array | string): FunctionErrorDetails {
  if (payload.length > MAX_BYTES) return NO_DETAILS;
  let value: unknown;
  try {
    value = JSON.parse(typeof payload === 'string' ? payload : new TextDecoder().decode(payload));
  } catch {
    return NO_DETAILS;
  }
  return isRecord(value) ? detailsOf(value, 0) : NO_DETAILS;
}
