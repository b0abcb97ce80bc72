import { types } from 'node:util';

/** An error as Lambda's Node runtime reports it. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** This runtime's own frames say nothing of the function. */
const OWN_FILE = process.argv[1] ?? '\n';

function describe(error: unknown, type?: string): ErrorPayload {
  // Also one of another realm (`vm`).
  const isError = error instanceof Error || types.isNativeError(error);
  if (!isError) return { errorType: type ?? typeof error, errorMessage: String(error), trace: [] };
  const { name, message, stack = '' }: { name?: unknown; message?: unknown; stack?: unknown } = error; // anyone may set them
  const trace = String(stack)
    .split('\n')
    .filter((line) => !line.includes(OWN_FILE));
  if (type !== undefined) return { errorType: type, errorMessage: `${String(name)}: ${String(message)}`, trace };
  return { errorType: String(name), errorMessage: String(message), trace };
}

/**
 * An error as the answer has it. A thrown non-Error has its typeof as type and an empty trace; what cannot even be made a
 * text is `handled`: as on Lambda.
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

/** An error as the log has it: its own fields beside type, message and stack, as far as they are JSON. */
export function toLogFields(error: unknown, { errorType, errorMessage, trace }: ErrorPayload): object {
  const fields = { errorType, errorMessage };
  try {
    const ownFields = typeof error === 'object' && error !== null ? { ...error } : {};
    return JSON.parse(JSON.stringify({ ...fields, ...ownFields, stack: trace })) as object;
  } catch {
    return { ...fields, stack: trace };
  }
}

/** An error of the runtime itself, named as Lambda names it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
