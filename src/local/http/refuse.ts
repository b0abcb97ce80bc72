import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendError, writeError, type ServiceError } from './lambdaResponse.ts';
import { hasBody } from './requestBody.ts';

/** How much of a refused body is received, so that the client can read the error after sending it. */
export interface DiscardLimits {
  readonly discardBytes: number;
  readonly discardMs: number;
}

/**
 * Sends an error at once, even if the client is still sending the body. The rest of the body is received and discarded
 * up to the limits; then the connection is destroyed. Most clients read the response only after sending the body.
 */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { error, discardBytes, discardMs }: DiscardLimits & { readonly error: ServiceError },
): void {
  if (response.destroyed) return;
  if (request.complete || !hasBody(request)) return sendError(response, error);
  writeError(response, error);
  let bytes = 0;
  const timer = setTimeout(() => request.destroy(), discardMs);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > discardBytes) request.destroy();
  });
  request.once('end', () => response.end());
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
