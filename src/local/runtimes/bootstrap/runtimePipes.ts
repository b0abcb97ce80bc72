import { Buffer } from 'node:buffer';
import { write, writeSync } from 'node:fs';
import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
import { createFrameReader, encodeFrame, MAX_RECEIVED_BYTES, type ReplyHeader } from '../frames.ts';
import { exit, OriginalPromise, stringify } from './originals.ts';

/** The descriptors that the local endpoint opens: events for this process, and its replies. */
const EVENTS_FD = 3;
const REPLIES_FD = 4;

/** The size of the read buffer in bytes. It is used for all reads: a new one for each would keep the GC busy. */
const READ_BYTES = 65_536;

/** An event: the Runtime API's headers, and JSON. */
interface ReceivedEvent {
  readonly headers: Readonly<Partial<Record<string, string>>>;
  readonly json: string;
}

/** The pipes to the local endpoint. */
export interface RuntimePipes {
  /** Waits for the next event. Until then, this process stays alive. */
  readonly next: () => Promise<ReceivedEvent>;
  /** Sends a reply. Blocks until it is in the pipe. A body over Lambda's limit is cut. */
  readonly reply: (header: ReplyHeader, body?: string) => void;
  /** Sends a chunk of a streamed response; resolves when it is in the pipe. Wait for it before anything else is sent. */
  readonly sendChunk: (header: ReplyHeader, bytes: Uint8Array) => Promise<void>;
}

/** How long the endpoint's watchdog may take, in milliseconds. */
const WATCHDOG_MS = 10_000;

/**
 * The endpoint has ended. Its watchdog kills this process and its descendants. It finds them as long as this process
 * exists, so exit only if there is no watchdog.
 */
function exitLater(): void {
  if (process.platform === 'win32') exit(0);
  setTimeout(() => exit(0), WATCHDOG_MS);
}

function cut(body: string): string | Uint8Array {
  return body.length * 3 <= MAX_RECEIVED_BYTES ? body : Buffer.from(body).subarray(0, MAX_RECEIVED_BYTES);
}

/** How long to wait for a full pipe before the next attempt, in milliseconds. */
const RETRY_MS = 1;

/** Whether the pipe is full. It blocks instead, unless the handler has changed that. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

/** Writes without the event loop, which would take as long as the handler. */
function writeAll(bytes: Buffer): void {
  for (let start = 0; start < bytes.byteLength;) {
    try {
      start += writeSync(REPLIES_FD, bytes, start);
    } catch (error) {
      if (!isFull(error)) return exitLater(); // the pipe is closed
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

/** Writes in another thread, so that the handler isn't blocked while the receiver isn't ready. */
function writeInBackground(bytes: Buffer, onDone: () => void): void {
  write(REPLIES_FD, bytes, (error, written) => {
    if (isFull(error)) setTimeout(writeInBackground, RETRY_MS, bytes, onDone);
    else if (error !== null) exitLater();
    else if (written < bytes.byteLength) writeInBackground(bytes.subarray(written), onDone);
    else onDone();
  });
}

/** Opens the pipes. The process doesn't survive the endpoint. */
export function openPipes(): RuntimePipes {
  const received: ReceivedEvent[] = [];
  let onEvent: ((event: ReceivedEvent) => void) | undefined;
  const read = createFrameReader(Infinity, ({ header, body }) => {
    const event = { headers: header as ReceivedEvent['headers'], json: body.toString('utf8') };
    if (onEvent === undefined) received.push(event);
    else onEvent(event);
  });
  const onread = {
    buffer: Buffer.alloc(READ_BYTES),
    callback(length: number, buffer: Uint8Array) {
      read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
      return true;
    },
  };
  const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = {
    fd: EVENTS_FD,
    readable: true,
    writable: false,
    onread,
  };
  const events = new Socket(options);
  events.on('end', exitLater).on('error', exitLater);
  events.resume();
  // A handler that waits for nothing must be able to end, although the pipe is open.
  events.unref();

  return {
    next: () =>
      new OriginalPromise((resolve) => {
        const event = received.shift();
        if (event !== undefined) return resolve(event);
        events.ref();
        onEvent = (next) => {
          onEvent = undefined;
          events.unref();
          resolve(next);
        };
      }),
    reply: (header, body = '') => writeAll(encodeFrame(stringify(header), cut(body))),
    sendChunk: (header, bytes) =>
      new OriginalPromise((resolve) => writeInBackground(encodeFrame(stringify(header), bytes), resolve)),
  };
}
