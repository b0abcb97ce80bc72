import { randomFillSync, randomUUID } from 'node:crypto';
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

/** Random bytes for trace headers, used from the start: getting many at once is faster. */
const random = Buffer.alloc(4096);
let used = random.byteLength;

function randomHex(bytes: number): string {
  if (used + bytes > random.byteLength) {
    randomFillSync(random);
    used = 0;
  }
  used += bytes;
  return random.toString('hex', used - bytes, used);
}

/** A new trace header in X-Ray's format. Local traces are never sampled. */
export function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomHex(12)};Parent=${randomHex(8)};Sampled=0`;
}
