import { PassThrough, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Handler } from './loadHandler.ts';

/** The mark Lambda's runtime puts on a handler that streams. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** What a streaming handler writes to. */
export class ResponseStream extends PassThrough {
  contentType = 'application/octet-stream';
  /** Whether another stream still writes into this one. */
  hasSource = false;

  constructor() {
    super();
    this.on('pipe', () => (this.hasSource = true));
    this.on('unpipe', () => (this.hasSource = false));
  }

  setContentType(contentType: string): void {
    this.contentType = contentType;
  }
}

type StreamHandler = (event: unknown, responseStream: ResponseStream, context: unknown) => unknown;

/** For a function URL: status, headers and cookies go before the body, parted from it by eight zero bytes. */
function fromPrelude(stream: Writable, prelude: unknown): Writable {
  if (stream instanceof ResponseStream) stream.setContentType('application/vnd.awslambda.http-integration-response');
  stream.write(JSON.stringify(prelude));
  stream.write(Buffer.alloc(8));
  return stream;
}

/**
 * Gives handlers `awslambda.streamifyResponse` and `awslambda.HttpResponseStream.from`. Must run before the handler's
 * module is loaded. Source: Lambda developer guide, "Response streaming for Lambda functions"; Lambda's Node.js runtime.
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
 * Calls a streaming handler. Resolves when it has returned and its stream was ended. A stream that an async handler left
 * open is ended, unless another one is still piped into it; a handler that is not async ends it by itself.
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
