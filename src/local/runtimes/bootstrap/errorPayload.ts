import { types } from 'node:util';
import { parse, stringify } from './originals.ts';

/** An error payload in the format of Lambda's Node.js runtime. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Frames of this file are removed from stack traces. */
const BOOTSTRAP_FILE = process.argv[1] ?? '\n';

function describe(error: unknown, type?: string): ErrorPayload {
  // isNativeError also detects errors of another realm (`vm`).
  const isError = error instanceof Error || types.isNativeError(error);
  if (!isError) return { errorType: type ?? typeof error, errorMessage: String(error), trace: [] };
  // The function may have assigned values of any type.
  const { name, message, stack = '' }: { name?: unknown; message?: unknown; stack?: unknown } = error;
  const trace = String(stack)
    .split('\n')
    .filter((line) => !line.includes(BOOTSTRAP_FILE));
  if (type !== undefined) return { errorType: type, errorMessage: `${String(name)}: ${String(message)}`, trace };
  return { errorType: String(name), errorMessage: String(message), trace };
}

/**
 * Converts a thrown value to an error payload, as Lambda does: a non-Error has its `typeof` as type and an empty trace,
 * a value that can't be converted to a string has the type `handled`.
 */
export function toErrorPayload(error: unknown, type?: string): ErrorPayload {
  try {
    return describe(error, type);
  } catch {
    return {
      errorType: type ?? 'handled',
      errorMessage: 'callback called with an Error argument, but it could not be described',
      trace: [],
    };
  }
}

/** The error for the log: type, message, stack and the error's own fields, if they can be serialized. */
export function toLogFields(error: unknown, { errorType, errorMessage, trace }: ErrorPayload): object {
  const fields = { errorType, errorMessage };
  try {
    const ownFields = typeof error === 'object' && error !== null ? { ...error } : {};
    return parse(stringify({ ...fields, ...ownFields, stack: trace })) as object;
  } catch {
    return { ...fields, stack: trace };
  }
}

/** An error of the runtime, with Lambda's name for it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
