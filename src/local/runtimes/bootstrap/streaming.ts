import { PassThrough, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Handler } from './loadHandler.ts';

/** The symbol that marks streaming handlers in Lambda's runtime. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** The response stream of a streaming handler. */
export class ResponseStream extends PassThrough {
  contentType = 'application/octet-stream';
  /** Whether another stream is piped into this one. */
  hasSource = false;

  constructor() {
    super({ autoDestroy: false }); // a write after the end is an error, but doesn't discard what was written before it
    this.on('pipe', () => (this.hasSource = true));
    this.on('unpipe', () => (this.hasSource = false));
  }

  setContentType(contentType: string): void {
    this.contentType = contentType;
  }
}

type StreamHandler = (event: unknown, responseStream: ResponseStream, context: unknown) => unknown;

/** Function URLs: writes status, headers and cookies before the body, separated by eight null bytes. */
function fromPrelude(stream: Writable, prelude: unknown): Writable {
  if (stream instanceof ResponseStream) stream.setContentType('application/vnd.awslambda.http-integration-response');
  stream.write(JSON.stringify(prelude));
  stream.write(Buffer.alloc(8));
  return stream;
}

/**
 * Defines the globals `awslambda.streamifyResponse` and `awslambda.HttpResponseStream.from`. Call it before the
 * handler's module is loaded. Source: Lambda developer guide, "Response streaming for Lambda functions"; Lambda's
 * Node.js runtime.
 */
export function provideStreaming(): void {
  const streamifyResponse = (handler: StreamHandler) => Object.assign(handler, { [STREAMING]: 'response' });
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream: { from: fromPrelude } } });
}

/** Whether a handler was wrapped in `streamifyResponse`. */
export function isStreaming(handler: Handler): boolean {
  return STREAMING in handler;
}

/**
 * Calls a streaming handler. Resolves when it has returned and its stream has ended. If an async handler leaves the
 * stream open, it is ended here unless another stream is piped into it. Other handlers must end it themselves.
 */
export async function callStreaming(
  handler: Handler,
  event: unknown,
  { stream, context }: { stream: ResponseStream; context: object },
): Promise<void> {
  const returned = (handler as unknown as StreamHandler)(event, stream, context);
  const isAsync = typeof returned === 'object' && returned !== null && 'then' in returned;
  await returned;
  if (stream.writableEnded) return;
  if (stream.hasSource || !isAsync) await finished(stream, { readable: false });
  else stream.end();
}
