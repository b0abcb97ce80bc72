import type { IncomingMessage } from 'node:http';
import { BodyBuffer } from './bodyBuffer.ts';
import type { BodyMemory } from './bodyMemory.ts';
import { payloadTooLarge } from './invokeRoute.ts';
import type { ServiceError } from './lambdaResponse.ts';

const EMPTY = Buffer.alloc(0);

/** Whether a body follows the headers of a request. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

interface BodyOptions {
  /** The limit of a chunked body in bytes. The length of others is known, so it's checked before. */
  readonly maxBytes: number;
  readonly memory: BodyMemory;
  readonly reservation: ReturnType<BodyMemory['reserve']>;
}

/**
 * Reads the body of a request, or returns an error before the body is complete: 413 over its limit, 429 without memory.
 * Rejects if the client disconnects. Uses listeners: an async iterator would double the cost of a request.
 */
export function readBody(
  request: IncomingMessage,
  { maxBytes, memory, reservation }: BodyOptions,
): Promise<Buffer | ServiceError> {
  if (!hasBody(request)) return Promise.resolve(EMPTY);
  const header = request.headers['content-length'];
  const knownBytes = header === undefined ? undefined : Number(header);
  // Reserved before the first byte, so that a slow body can't be refused in the middle.
  if (knownBytes !== undefined && !reservation.grow(knownBytes)) return Promise.resolve(memory.error);
  const body = new BodyBuffer(knownBytes, maxBytes);
  return new Promise((resolve, reject) => {
    const finish = (result: Buffer | ServiceError) => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      resolve(result);
    };
    const onData = (part: Buffer) => {
      if (knownBytes === undefined) {
        if (body.length + part.byteLength > maxBytes) return finish(payloadTooLarge(maxBytes));
        if (!reservation.grow(part.byteLength)) return finish(memory.error);
      }
      body.append(part);
    };
    const onEnd = () => finish(body.toBuffer());
    const onClose = () => reject(new Error('The client closed the connection.'));
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}
