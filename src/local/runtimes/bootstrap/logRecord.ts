import { format } from 'node:util';
import { CLIENT_VERSION } from './clientVersion.ts';
import { BOOTSTRAP_FILE, stackLines } from './errorPayload.ts';
import { stringify } from './originals.ts';

/** What precedes the message of a log line. */
export interface LogHead {
  readonly timestamp: string;
  readonly level: string;
  /** Absent in version 3 before the first event. */
  readonly requestId?: string | undefined;
  readonly tenantId?: string | undefined;
}

interface ErrorFields {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: unknown;
}

function errorFields(error: Error): ErrorFields {
  const { constructor, message, stack }: { constructor?: { name?: string }; message: string; stack?: unknown } = error;
  return {
    errorType: constructor?.name ?? 'UnknownError',
    errorMessage: message,
    stackTrace: typeof stack === 'string' ? stackLines(stack) : stack,
  };
}

function replaceError(_: string, value: unknown): unknown {
  return value instanceof Error ? Object.assign(errorFields(value), value) : value;
}

/** Formats the arguments of a `console` method, without frames of the runtime in the stacks of errors. */
function toText(message: unknown, params: readonly unknown[]): string {
  const text = format(message, ...params);
  return text.includes(BOOTSTRAP_FILE) ? stackLines(text).join('\n') : text;
}

/**
 * A log line in Lambda's text format. Line breaks in the message are preserved, as in CloudWatch Logs and the log tail.
 * Source: aws-lambda-ric, TelemetryLogger.
 */
export function toTextLine({ timestamp, level, requestId }: LogHead, message: unknown, params: unknown[]): string {
  return `${timestamp}\t${requestId}\t${level}\t${toText(message, params)}\n`;
}

/**
 * A log line in Lambda's JSON format. The message is a single argument unchanged, or several as text with the fields of
 * the first error among them. Source: aws-lambda-ric, formatJsonMessage.
 */
export function toJsonLine(
  { timestamp, level, requestId, tenantId }: LogHead,
  message: unknown,
  params: unknown[],
): string {
  const head = { timestamp, level, requestId, ...(tenantId !== undefined && { tenantId }) };
  if (params.length === 0) {
    try {
      return `${stringify({ ...head, message }, replaceError)}\n`;
    } catch {
      return `${stringify({ ...head, message: toText(message, []) })}\n`; // a circular reference or a BigInt
    }
  }
  // Version 4 ignores an error that is the first of several arguments.
  const error = (CLIENT_VERSION === 4 ? params : [message, ...params]).find((each) => each instanceof Error);
  return `${stringify({ ...head, message: toText(message, params), ...(error !== undefined && errorFields(error)) })}\n`;
}
