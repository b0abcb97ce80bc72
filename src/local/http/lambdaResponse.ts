import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** An error of the service itself, as Invoke answers it. */
export interface ServiceError {
  readonly StatusCode: number;
  /** The exception's name: `x-amzn-errortype`. */
  readonly name: string;
  readonly message: string;
  /** Who is to blame: in the body beside the message. */
  readonly Type?: 'User' | 'Server';
  readonly Reason?: string;
}

/** Answers with an error: the name in the header, the message in the body. Source: Lambda API reference, Invoke, errors. */
export function sendError(response: ServerResponse, error: ServiceError, requestId: string = randomUUID()): void {
  const { StatusCode, name, message, Type = 'User', Reason } = error;
  response.writeHead(StatusCode, {
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': name,
    ...(StatusCode === 429 && { 'retry-after': '1' }),
  });
  response.end(JSON.stringify({ Type, ...(Reason !== undefined && { Reason }), message, Message: message }));
}

/** A trace header in X-Ray's form; a local trace is never sampled. */
export function newTraceId(): string {
  const hex = randomUUID().replaceAll('-', '');
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${randomUUID().replaceAll('-', '').slice(0, 16)};Sampled=0`;
}
