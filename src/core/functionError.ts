import { isRecord } from './isRecord.ts';

/** What a failed function said of its error. Empty parts are parts it did not give. */
export interface FunctionErrorDetails {
  readonly type?: string;
  readonly message?: string;
  readonly stack: readonly string[];
}

/** Error payloads above this many bytes are shown as a response, not taken apart. */
const MOST_BYTES = 1_048_576;

function frames(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n');
  if (!Array.isArray(value)) return [];
  return value.flatMap((frame: unknown) => {
    if (typeof frame === 'string') return frame.replace(/\n$/, '').split('\n');
    // Go: {path, line, label}
    if (isRecord(frame) && typeof frame['path'] === 'string') {
      const label = typeof frame['label'] === 'string' ? ` ${frame['label']}` : '';
      return [`${frame['path']}:${String(frame['line'])}${label}`];
    }
    return Array.isArray(frame) ? [frame.map(String).join(' ')] : [];
  });
}

/**
 * Takes the payload of a function error apart: type, message and stack as the runtimes give them (Node `trace`; Python,
 * Java, .NET and Go `stackTrace`). Anything else gives an empty stack and no type: nothing is invented.
 * Source: Lambda developer guide, errors of each runtime.
 */
export function parseFunctionError(payload: Uint8Array): FunctionErrorDetails {
  if (payload.byteLength > MOST_BYTES) return { stack: [] };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return { stack: [] };
  }
  if (!isRecord(value)) return { stack: [] };
  const { errorType, errorMessage } = value;
  return {
    ...(typeof errorType === 'string' && errorType !== '' && { type: errorType }),
    ...(typeof errorMessage === 'string' && { message: errorMessage }),
    stack: frames(value['trace'] ?? value['stackTrace']),
  };
}
