import type { Duplex, Readable } from 'node:stream';
import { isRecord } from '../../core/json/isRecord.ts';
import {
  createFrameReader,
  encodeFrame,
  MAX_RECEIVED_BYTES,
  type Frame,
  type ReplyHeader,
} from '../runtimes/frames.ts';
import { GrowingBuffer } from './growingBuffer.ts';
import type { ChannelListeners, OnChunk, RuntimeChannel, RuntimeEvent } from './runtimeChannel.ts';

/** The maximum size of a frame in bytes: an oversized response, which runtimes cut, and the header. */
const MAX_FRAME_BYTES = MAX_RECEIVED_BYTES + 65_536;

const KINDS: readonly unknown[] = ['ready', 'chunk', 'response', 'error'] satisfies ReplyHeader['kind'][];

function isReplyHeader(header: unknown): header is ReplyHeader {
  if (!isRecord(header) || !KINDS.includes(header['kind'])) return false;
  const { kind, requestId, errorType, files } = header;
  if ((kind === 'chunk' || kind === 'response') && requestId === undefined) return false;
  return [requestId, errorType, files].every((text) => text === undefined || typeof text === 'string');
}

/** Lambda sends the error type in an HTTP header. */
function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}

/**
 * On Linux, this error means that the event was still in the pipe when the runtime closed it. Source:
 * unix_release_sock in Linux's net/unix/af_unix.c.
 */
function isUnread({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' && process.platform === 'linux';
}

interface RunningEvent {
  readonly requestId: string;
  readonly onChunk: OnChunk | undefined;
  /** The chunks of a response that is streamed, but was invoked without streaming. */
  chunks: GrowingBuffer | undefined;
}

/** The pipes to a runtime of this extension: one for events, one for replies. No other process can open them. */
export class PipeChannel implements RuntimeChannel {
  readonly #events: Duplex;
  readonly #replies: Readable;
  readonly #listeners: ChannelListeners;
  /** The event that has no reply yet. */
  #running: RunningEvent | undefined;
  /** Deliveries of chunks, one after another; the reply follows them. */
  #delivered: Promise<void> | undefined;
  #pendingDeliveries = 0;
  #receivedBytes = 0;
  #isReady = false;
  #isClosed = false;
  #isBroken = false;
  #hasUnreadEvent = false;

  constructor(pipes: { readonly events: Duplex; readonly replies: Readable }, listeners: ChannelListeners) {
    this.#events = pipes.events;
    this.#replies = pipes.replies;
    this.#listeners = listeners;
    const onEventsError = (error: Error) => {
      if (isUnread(error)) this.#hasUnreadEvent = this.#running !== undefined;
    };
    const onEventsEnd = () => {
      this.#isBroken = true;
    };
    this.#events.on('error', onEventsError).once('end', onEventsEnd).once('close', onEventsEnd);
    this.#events.resume(); // reports that the runtime has closed it
    this.#replies.on('error', () => undefined);
    const read = createFrameReader(MAX_FRAME_BYTES, (frame) => this.#receive(frame));
    this.#replies.on('data', (bytes: Buffer) => {
      this.#receivedBytes += bytes.byteLength;
      try {
        read(bytes);
      } catch {
        this.#break();
      }
    });
    this.#replies.once('end', () => this.#break());
    this.#replies.once('close', () => {
      this.#isBroken = true;
      if (!this.#isClosed) listeners.onBroken();
    });
  }

  send(event: RuntimeEvent, onChunk?: OnChunk): void {
    const { requestId, headers, body } = event;
    const running: RunningEvent = { requestId, onChunk, chunks: undefined };
    this.#running = running;
    this.#delivered = undefined;
    const header = JSON.stringify({ ...headers, 'lambda-runtime-aws-request-id': requestId });
    this.#events.write(encodeFrame(header, body), (error) => {
      // The runtime has closed the pipe before it could read all of the event.
      if (error && this.#running === running) this.#hasUnreadEvent = true;
    });
  }

  get isDelivering(): boolean {
    return this.#pendingDeliveries > 0;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  get hasUnreadEvent(): boolean {
    return this.#hasUnreadEvent;
  }

  close(): void {
    this.#isClosed = true;
    this.#events.destroy();
    this.#replies.destroy();
  }

  #break(): void {
    this.#isBroken = true;
    this.#replies.destroy();
  }

  #receive({ header, body }: Frame): void {
    if (!isReplyHeader(header)) throw new SyntaxError('A reply has no kind.');
    const { kind, requestId, errorType, files } = header;
    if (files !== undefined) this.#listeners.onLoaded(files.split('\0'));
    if (kind === 'ready') {
      this.#isReady = true;
      return this.#listeners.onReady();
    }
    const running = this.#running;
    if (requestId === undefined && this.#isReady) {
      // The runtime has failed between two events. It doesn't pass the next one to the handler.
      this.#hasUnreadEvent = running !== undefined;
      return this.#break();
    }
    const isInitError = requestId === undefined;
    if (!isInitError && requestId !== running?.requestId) return; // a reply to an event that has already ended
    if (kind === 'chunk') {
      if (running !== undefined && body.byteLength > 0) this.#receiveChunk(running, body);
      return;
    }
    this.#running = undefined;
    const chunks = kind === 'response' ? running?.chunks : undefined;
    const reply = { kind, requestId, body: chunks?.bytes() ?? body, errorType: errorType && ascii(errorType) };
    if (this.#delivered === undefined) this.#listeners.onReply(reply);
    else void this.#delivered.then(() => this.#listeners.onReply(reply));
  }

  #receiveChunk(running: RunningEvent, bytes: Buffer): void {
    const { onChunk } = running;
    if (onChunk === undefined) {
      running.chunks ??= new GrowingBuffer(MAX_RECEIVED_BYTES);
      running.chunks.append(bytes);
      return;
    }
    // The pipe is the only buffer: the runtime waits while the receiver isn't ready.
    this.#replies.pause();
    const deliver = async () => {
      if (!this.#isClosed) await onChunk(bytes);
    };
    const delivery = (this.#delivered ?? Promise.resolve()).then(deliver).catch(() => undefined);
    this.#delivered = delivery;
    this.#pendingDeliveries++;
    void delivery.then(() => {
      this.#pendingDeliveries--;
      if (this.#pendingDeliveries === 0) this.#replies.resume();
    });
  }
}
