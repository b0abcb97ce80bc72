import { types } from 'node:util';
import { CLIENT_VERSION } from './clientVersion.ts';
import { stringify } from './originals.ts';

/** An error payload in the format of Lambda's Node.js runtime. */
export interface ErrorPayload {
  readonly errorType?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly trace?: readonly string[];
}

/** Frames of this file are removed from stack traces. */
export const BOOTSTRAP_FILE = process.argv[1] ?? '\n';

/** The function may have assigned values of any type to the fields of an error. */
interface ErrorLike {
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Version 3 also accepts errors of another realm (`vm`), and objects that look like an error. */
function isError(value: unknown): value is ErrorLike {
  if (CLIENT_VERSION === 4) return value instanceof Error;
  if (types.isNativeError(value)) return true;
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const { name, message, stack } = value as Record<string, unknown>;
  return isText(name) && isText(message) && isText(stack);
}

function escapeDelete(text: string | undefined): string | undefined {
  return text?.replaceAll('\x7f', '%7F');
}

/** The text after a frame of the runtime, such as the next argument of `console.error`. Undefined for other lines. */
function textAfterFrame(line: string): string | undefined {
  const start = line.indexOf(BOOTSTRAP_FILE);
  if (start === -1 || !line.trimStart().startsWith('at ')) return undefined;
  return line.slice(start + BOOTSTRAP_FILE.length).replace(/^[:\d]*\)?/, '');
}

/** The lines of a stack trace, or of text with stack traces, without the frames of the runtime. */
export function stackLines(stack: string): string[] {
  const lines: string[] = [];
  for (const line of stack.split('\n')) {
    const rest = textAfterFrame(line);
    if (rest === undefined) lines.push(line);
    else if (rest !== '') lines.push(`${lines.pop() ?? ''}${rest}`);
  }
  return lines;
}

function describe(error: unknown): ErrorPayload {
  if (!isError(error)) {
    // Throws for an object without prototype, as in AWS's client.
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const { name, message, stack } = error;
  const isMissing = stack === undefined && CLIENT_VERSION === 4;
  const trace = isMissing ? [] : stackLines(escapeDelete(stack) as string); // throws without a stack in version 3
  return { errorType: escapeDelete(name), errorMessage: escapeDelete(message), trace };
}

/**
 * Converts a thrown value to an error payload. The type is `typeof` for a value that isn't an error, and `handled` for
 * an error whose fields can't be read. Source: aws-lambda-ric, toRapidResponse and formatError.
 */
export function toErrorPayload(error: unknown): ErrorPayload {
  try {
    return describe(error);
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      ...(CLIENT_VERSION === 4 && { trace: [] }),
    };
  }
}

/** The value as an error, for the log. Throws for a value that has no text, such as an object without prototype. */
export function toError(value: unknown): Error {
  if (value instanceof Error) return value;
  return new Error(CLIENT_VERSION === 4 ? String(value) : (value as string));
}

/** Adds to an error's own fields what JSON.stringify ignores. */
function withFields(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack }: ErrorLike = value;
  const fields = { errorType: name, errorMessage: message, code: 'code' in value ? value.code : undefined };
  return Object.assign(fields, value, typeof stack === 'string' && { stack: stackLines(stack) });
}

/** An error as JSON for a log in text format. Source: aws-lambda-ric, toFormatted. */
export function toLogText(error: Error): string {
  try {
    return stringify(error, (_, value: unknown) => withFields(value));
  } catch {
    return stringify(toErrorPayload(error)); // a circular reference, or a field that throws
  }
}
