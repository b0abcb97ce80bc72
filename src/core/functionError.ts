import { isRecord } from './isRecord.ts';

/** What a failed function said of its error. Empty parts are parts it did not give. */
export interface FunctionErrorDetails {
  readonly type?: string;
  readonly message?: string;
  readonly stack: readonly string[];
  /** What led to it (Java, .NET, Ruby), nearest first; each may have causes of its own. */
  readonly causes: readonly FunctionErrorDetails[];
}

const NOTHING: FunctionErrorDetails = { stack: [], causes: [] };

/** Error payloads above this many bytes are shown as a response, not taken apart. */
const MOST_BYTES = 1_048_576;

/** Causes are followed so deep, and so many of one error are taken. */
const MOST_CAUSES = 20;

function frame(value: unknown): string[] {
  if (typeof value === 'string') return value.replace(/\n$/, '').split('\n');
  // Go: {path, line, label}
  if (isRecord(value) && typeof value['path'] === 'string') {
    const label = typeof value['label'] === 'string' ? ` ${value['label']}` : '';
    return [`${value['path']}:${String(value['line'])}${label}`];
  }
  // Older Python: [file, line, function, source]
  return Array.isArray(value)
    ? [value.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')]
    : [];
}

function frames(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n');
  return Array.isArray(value) ? value.flatMap(frame) : [];
}

function detailsOf(value: Readonly<Record<string, unknown>>, depth: number): FunctionErrorDetails {
  const { errorType, errorMessage, cause, causes } = value;
  const found = depth >= MOST_CAUSES ? [] : [cause, ...(Array.isArray(causes) ? causes : [])].filter(isRecord);
  // .NET names an only cause twice: as `cause`, and in `causes`.
  const once = found.filter(
    (one, at) => found.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at,
  );
  return {
    ...(typeof errorType === 'string' && errorType !== '' && { type: errorType }),
    ...(typeof errorMessage === 'string' && { message: errorMessage }),
    stack: frames(value['trace'] ?? value['stackTrace']),
    causes: once.slice(0, MOST_CAUSES).map((one) => detailsOf(one, depth + 1)),
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
  if (payload.length > MOST_BYTES) return NOTHING;
  let value: unknown;
  try {
    value = JSON.parse(typeof payload === 'string' ? payload : new TextDecoder().decode(payload));
  } catch {
    return NOTHING;
  }
  return isRecord(value) ? detailsOf(value, 0) : NOTHING;
}
