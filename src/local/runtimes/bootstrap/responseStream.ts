import { Buffer } from 'node:buffer';
import { CLIENT_VERSION } from './clientVersion.ts';
import { stringify } from './originals.ts';
import type { ResponseSink } from './responseSink.ts';
import { RuntimeError } from './runtimeErrors.ts';

/** The part of the handler's stream that the runtime itself uses. */
export interface ResponseStream {
  /** Absent in other streams. */
  setContentType?(contentType: string): void;
  _onBeforeFirstWrite?: (write: (chunk: unknown) => void) => void;
}

/** The members of a handler's stream, which isn't a Writable on Lambda either. */
const METHODS =
  `cork destroy end uncork write addListener emit eventNames getMaxListeners listenerCount listeners off on
once prependListener prependOnceListener rawListeners removeAllListeners removeListener setMaxListeners
setContentType`.split(/\s/);
const READ_WRITE = ['destroyed', '_onBeforeFirstWrite', ...(CLIENT_VERSION === 3 ? ['writable'] : [])];
const READ_ONLY = `writableFinished writableObjectMode writableEnded writableNeedDrain writableHighWaterMark
writableCorked writableLength ${CLIENT_VERSION === 3 ? 'writableBuffer' : 'writable'}`.split(/\s/);

type Members = Record<string, unknown>;

function isBytes(chunk: unknown): boolean {
  if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) return true;
  if (CLIENT_VERSION === 4) return chunk instanceof Uint8Array;
  return (chunk as { readonly constructor?: unknown }).constructor === Uint8Array;
}

function tooLate(): RuntimeError {
  const error = new RuntimeError('Runtime.InvalidStreamingOperation', 'Cannot set content-type, too late.');
  Error.captureStackTrace(error); // with the frames of the handler
  return error;
}

/**
 * The stream that a handler writes its response to. Chunks that are neither text nor bytes are written as JSON. Its
 * `setContentType` throws Runtime.InvalidStreamingOperation after the first write. Source: aws-lambda-ric,
 * ResponseStream.js (version 3) and response-stream.js (version 4).
 */
export function createResponseStream(sink: ResponseSink): ResponseStream {
  let isWritten = false;
  const write = sink.write.bind(sink) as (chunk: unknown, ...rest: unknown[]) => boolean;
  const end = sink.end.bind(sink) as (...args: unknown[]) => void;
  const inner: Members = Object.assign(sink, {
    setContentType() {
      if (isWritten) throw tooLate();
    },
    write(chunk: unknown, ...rest: unknown[]) {
      void (chunk as { readonly length?: unknown }).length; // a TypeError for null and undefined, as in AWS's client
      const data = isBytes(chunk) ? chunk : stringify(chunk);
      const { _onBeforeFirstWrite: onBeforeFirstWrite } = inner;
      if (!isWritten && typeof onBeforeFirstWrite === 'function') onBeforeFirstWrite((each: unknown) => write(each));
      const isReady = write(data, ...rest);
      isWritten = true;
      return isReady;
    },
    // Version 3 ignores further arguments of `end`, and writes its chunk without the prelude.
    ...(CLIENT_VERSION === 3 && { end: (chunk: unknown) => end(chunk) }),
  }) as unknown as Members;
  const stream: Members = {};
  for (const name of METHODS) stream[name] = (inner[name] as (...args: unknown[]) => unknown).bind(inner);
  for (const name of [...READ_WRITE, ...READ_ONLY]) {
    Object.defineProperty(stream, name, {
      get: () => inner[name],
      ...(READ_WRITE.includes(name) && { set: (value: unknown) => (inner[name] = value) }),
    });
  }
  return stream;
}
