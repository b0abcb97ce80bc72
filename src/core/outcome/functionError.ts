import { isRecord } from '../json/isRecord.ts';
import { capText } from '../messages/capText.ts';

/** What a failed function said of its error. Empty parts are parts it did not give. */
export interface FunctionErrorDetails {
  readonly type?: string;
  readonly message?: string;
  readonly stack: readonly string[];
  /** What led to it (Java, .NET, Ruby), nearest first; each may have causes of its own. */
  readonly causes: readonly FunctionErrorDetails[];
  /** So many lines of the stack are left out; the response has them. */
  readonly moreLines?: number;
}

const NOTHING: FunctionErrorDetails = { stack: [], causes: [] };

/** Error payloads above this many bytes are shown as a response, not taken apart. */
const MAX_BYTES = 1_048_576;

/** Causes are followed so deep, and so many of one error are taken. */
const MAX_CAUSES = 20;

/** So many lines of each stack are taken. */
const MAX_LINES = 500;

/** So many characters of each are taken: its type, its message, a line of its stack. The response has them whole. */
const MAX_OF = { type: 1024, message: 65_536, line: 8192 } as const;

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

/** What led to an error; .NET names an only cause twice, as `cause` and as the first of `causes`. */
function causesOf({ cause, causes }: Readonly<Record<string, unknown>>, depth: number): FunctionErrorDetails[] {
  if (depth >= MAX_CAUSES) return [];
  const several = (Array.isArray(causes) ? causes.slice(0, MAX_CAUSES) : []).filter(isRecord);
  const [first] = several;
  const isNamedTwice =
    first !== undefined &&
    isRecord(cause) &&
    cause['errorType'] === first['errorType'] &&
    cause['errorMessage'] === first['errorMessage'];
  const all = isRecord(cause) && !isNamedTwice ? [cause, ...several] : several;
  return all.map((one) => detailsOf(one, depth + (all.length > 1 ? MAX_CAUSES / 4 : 1)));
}

function detailsOf(value: Readonly<Record<string, unknown>>, depth: number): FunctionErrorDetails {
  const { errorType, errorMessage } = value;
  const lines = frames(value['trace'] ?? value['stackTrace']);
  return {
    ...(typeof errorType === 'string' && errorType !== '' && { type: capText(errorType, MAX_OF.type) }),
    ...(typeof errorMessage === 'string' && { message: capText(errorMessage, MAX_OF.message) }),
    stack: lines.slice(0, MAX_LINES).map((line) => capText(line, MAX_OF.line)),
    causes: causesOf(value, depth),
    ...(lines.length > MAX_LINES && { moreLines: lines.length - MAX_LINES }),
  };
}

/** Every line of an error's stack and of its causes' stacks, in the order they are shown. */
export function stackLines({ stack, causes }: FunctionErrorDetails): string[] {
  return [...stack, ...causes.flatMap(stackLines)];
}

/**
 * Takes the payload of a function error apart: type, message, stack and causes as the runtimes give them (Node `trace`;
 * Python, Java, .NET, Ruby and Go `stackTrace`; Java `cause`, .NET `cause` and `causes`). Anything else gives an empty
 * stack and no type: nothing is invented. Source: Lambda developer guide, errors of each runtime.
 */
export function parseFunctionError(payload: Uint8Array | string): FunctionErrorDetails {
  if (payload.length > MAX_BYTES) return NOTHING;
  let value: unknown;
  try {
    value = JSON.parse(typeof payload === 'string' ? payload : new TextDecoder().decode(payload));
  } catch {
    return NOTHING;
  }
  return isRecord(value) ? detailsOf(value, 0) : NOTHING;
}
