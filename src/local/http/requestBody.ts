import type { IncomingMessage } from 'node:http';
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
  const length = request.headers['content-length'];
  // Reserved before the first byte, so that a slow body can't be refused in the middle.
  if (length !== undefined && !reservation.grow(Number(length))) return Promise.resolve(memory.error);
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const finish = (body: Buffer | ServiceError) => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      resolve(body);
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      if (length !== undefined) return;
      bytes += chunk.byteLength;
      if (bytes > maxBytes) finish(payloadTooLarge(maxBytes));
      else if (!reservation.grow(chunk.byteLength)) finish(memory.error);
    };
    const onEnd = () => finish(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    const onClose = () => reject(new Error('The client closed the connection.'));
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}
