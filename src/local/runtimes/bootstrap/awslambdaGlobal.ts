import { CLIENT_VERSION } from './clientVersion.ts';
import { HIGH_WATER_MARK, STREAM_RESPONSE, STREAMING } from './handlerKind.ts';
import { invokeStore } from './invokeStore.ts';
import type { ResponseStream } from './responseStream.ts';

const HTTP_RESPONSE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER_BYTES = 8;

/**
 * Adds the prelude of an HTTP response: status, headers, and cookies, followed by null bytes. It's written before the
 * first `write`, so a response without one has no prelude.
 */
function from(stream: ResponseStream, prelude: unknown): ResponseStream {
  if (stream.setContentType === undefined) throw new TypeError('underlyingStream.setContentType is not a function');
  stream.setContentType(HTTP_RESPONSE);
  const metadata = JSON.stringify(prelude);
  stream._onBeforeFirstWrite = (write) => {
    write(metadata);
    write(new Uint8Array(DELIMITER_BYTES));
  };
  return stream;
}

interface StreamOptions {
  readonly highWaterMark?: unknown;
}

function streamifyResponse(handler: object, options?: StreamOptions): object {
  Object.assign(handler, { [STREAMING]: STREAM_RESPONSE });
  if (typeof options?.highWaterMark === 'number')
    Object.assign(handler, { [HIGH_WATER_MARK]: Math.trunc(options.highWaterMark) });
  return handler;
}

/**
 * Defines the global `awslambda`, unless AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA is `1` or `true`. Call it before the
 * handler's module is loaded. Source: Lambda developer guide, "Response streaming for Lambda functions";
 * aws-lambda-ric, HttpResponseStream.
 */
export function defineGlobal(): void {
  if (['1', 'true'].includes(process.env['AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA'] ?? '')) return;
  const store = CLIENT_VERSION === 4 && { InvokeStore: invokeStore };
  Object.assign(globalThis, { awslambda: { ...store, streamifyResponse, HttpResponseStream: { from } } });
}
