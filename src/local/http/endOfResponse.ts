import type { ServerResponse } from 'node:http';
import { invokeComplete } from './eventStream.ts';
import { sendError } from './lambdaResponse.ts';

/**
 * Ends a response after an error of the endpoint: with 500, or if a stream has begun, with its last event. Any other
 * partial response is cut off, so that the client doesn't wait for the rest.
 */
export function endWithError(
  response: ServerResponse,
  { error, isStreamed }: { readonly error: unknown; readonly isStreamed: boolean },
): void {
  if (response.destroyed || response.writableEnded) return;
  const message = error instanceof Error ? error.message : String(error);
  if (!response.headersSent)
    sendError(response, { StatusCode: 500, name: 'ServiceException', message, Type: 'Server' });
  else if (isStreamed) response.end(invokeComplete({ ErrorCode: 'ServiceException', ErrorDetails: message }));
  else response.destroy();
}

/**
 * Destroys the connection when a client reads nothing of an ended response for `ms` milliseconds. A function that runs
 * for minutes isn't affected.
 */
export function limitReading(response: ServerResponse, ms: number): void {
  const { socket } = response;
  if (socket === null || socket.writableLength === 0) return; // all of it is in the system's buffer
  socket.setTimeout(ms);
  // Before Node sets the timeout of the idle connection.
  response.prependOnceListener('finish', () => socket.setTimeout(0));
}
