import { CLIENT_VERSION } from './clientVersion.ts';
import { isThenable } from './callHandler.ts';
import type { Context } from './context.ts';
import type { Handler } from './loadHandler.ts';
import { OriginalPromise } from './originals.ts';
import type { ResponseSink } from './responseSink.ts';
import { createResponseStream, type ResponseStream } from './responseStream.ts';

type StreamHandler = (event: unknown, responseStream: ResponseStream, context: unknown) => unknown;

/** The maximum interval of a timer, in milliseconds. */
const MAX_TIMER_MS = 2_147_483_647;

/** Version 3 rejects with a string. */
function failure(message: string): unknown {
  return CLIENT_VERSION === 4 ? new Error(message) : message;
}

/** Resolves when the handler has ended its stream and everything was sent. Rejects if the stream fails before that. */
function endOf(sink: ResponseSink, onFailure: (error: unknown) => void): Promise<void> {
  const end = new OriginalPromise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      if (!sink.hasFailed) return;
      reject(error);
      setImmediate(onFailure, error); // lets the handler receive it first
    };
    sink.on('finish', resolve).on('error', fail);
    sink.on('close', () => fail(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })));
  });
  end.catch(() => undefined); // the handler may never return
  return end;
}

interface StreamOptions {
  readonly sink: ResponseSink;
  readonly context: Context;
  /** Called when the stream fails. Nothing can be sent after that, not even an error. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Calls a streaming handler. Resolves when its promise has resolved and the handler has ended its stream. Rejects with
 * what the handler throws, with the error of the stream, or for a handler that returns no promise. Source:
 * aws-lambda-ric, Runtime.js (version 3) and streaming-invoke-processor.js (version 4).
 */
export async function callStreaming(
  handler: Handler,
  event: unknown,
  { sink, context, onFailure }: StreamOptions,
): Promise<void> {
  const end = endOf(sink, onFailure);
  // On Lambda, the open connection keeps the process alive, so a stream that never ends times out.
  const keepAlive = setInterval(() => undefined, MAX_TIMER_MS);
  try {
    const fullContext = CLIENT_VERSION === 4 ? context : { callbackWaitsForEmptyEventLoop: true, ...context };
    const returned = (handler as unknown as StreamHandler)(event, createResponseStream(sink), fullContext);
    if (!isThenable(returned)) throw failure('Streaming does not support non-async handlers.');
    if ((await returned) !== undefined) console.warn('Streaming handlers ignore return values.');
    await end;
  } finally {
    clearInterval(keepAlive);
  }
}
