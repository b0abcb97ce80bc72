import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** An error of the service, as opposed to a function error. */
export interface ServiceError {
  readonly StatusCode: number;
  /** The exception's name, sent as `x-amzn-errortype`. */
  readonly name: string;
  readonly message: string;
  /** Who caused the error; sent in the body. */
  readonly Type?: 'User' | 'Server';
  readonly Reason?: string;
}

/**
 * Writes an error response completely, but leaves it open: name in the header, message in the body.
 * Source: Lambda API reference, Invoke, errors.
 */
export function writeError(response: ServerResponse, error: ServiceError, requestId: string = randomUUID()): void {
  const { StatusCode, name, message, Type = 'User', Reason } = error;
  const body = JSON.stringify({ Type, ...(Reason !== undefined && { Reason }), message, Message: message });
  response.writeHead(StatusCode, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': name,
    ...(StatusCode === 429 && { 'retry-after': '1' }),
  });
  response.write(body);
}

/** Sends an error response. */
export function sendError(response: ServerResponse, error: ServiceError, requestId?: string): void {
  writeError(response, error, requestId);
  response.end();
}

/** A new trace header in X-Ray's format. Local traces are never sampled. */
export function newTraceId(): string {
  const hex = randomUUID().replaceAll('-', '');
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${randomUUID().replaceAll('-', '').slice(0, 16)};Sampled=0`;
}
