import { Socket } from 'node:net';
import { createFrameReader, encodeFrame, type Frame, type ReplyHeader } from '../frames.ts';

/** The descriptors that the local endpoint opens: events for this process, and its replies. */
const EVENTS_FD = 3;
const REPLIES_FD = 4;

/** One byte more than Lambda's response limit, so that the endpoint detects an oversized response. In bytes. */
const MAX_REPLY_BYTES = 6_291_556 + 1;

/** The pipes to the local endpoint. */
export interface RuntimePipes {
  /** Waits for the next event. Until then, this process stays alive. */
  readonly next: () => Promise<Frame>;
  /** Sends a reply; resolves when it is in the pipe. A body over Lambda's limit is cut. */
  readonly reply: (header: ReplyHeader, body?: Uint8Array | string) => Promise<void>;
}

function cut(body: Uint8Array | string): Uint8Array | string {
  if (body.length * 3 <= MAX_REPLY_BYTES) return body;
  return (typeof body === 'string' ? Buffer.from(body) : body).subarray(0, MAX_REPLY_BYTES);
}

/** Opens the pipes. The process exits when the endpoint closes them. */
export function openPipes(): RuntimePipes {
  const events = new Socket({ fd: EVENTS_FD, readable: true, writable: false });
  const replies = new Socket({ fd: REPLIES_FD, readable: false, writable: true });
  // A handler that waits for nothing must be able to end, although the pipes are open.
  events.unref();
  replies.unref();
  const exit = () => process.exit(0);
  events.on('end', exit).on('error', exit);
  replies.on('error', exit);

  const received: Frame[] = [];
  let onFrame: ((frame: Frame) => void) | undefined;
  events.on(
    'data',
    createFrameReader(Infinity, (frame) => {
      if (onFrame === undefined) received.push(frame);
      else onFrame(frame);
    }),
  );

  return {
    next: () =>
      new Promise((resolve) => {
        const frame = received.shift();
        if (frame !== undefined) return resolve(frame);
        events.ref();
        onFrame = (next) => {
          onFrame = undefined;
          events.unref();
          resolve(next);
        };
      }),
    reply: (header, body = '') =>
      new Promise((resolve) => replies.write(encodeFrame(JSON.stringify(header), cut(body)), () => resolve())),
  };
}
