import type { Readable, Writable } from 'node:stream';
import { isRecord } from '../../core/json/isRecord.ts';
import { createFrameReader, encodeFrame, type Frame, type ReplyHeader } from '../runtimes/frames.ts';
import {
  MAX_BUFFERED_BYTES,
  type ChannelListeners,
  type OnChunk,
  type RuntimeChannel,
  type RuntimeEvent,
} from './runtimeChannel.ts';

/** The maximum size of a frame in bytes: an oversized response, which runtimes cut, and the header. */
const MAX_FRAME_BYTES = MAX_BUFFERED_BYTES + 65_536;

const KINDS: readonly unknown[] = ['ready', 'chunk', 'response', 'error'] satisfies ReplyHeader['kind'][];

function isReplyHeader(header: unknown): header is ReplyHeader {
  if (!isRecord(header) || !KINDS.includes(header['kind'])) return false;
  const { requestId, errorType } = header;
  return [requestId, errorType].every((text) => text === undefined || typeof text === 'string');
}

/** Lambda sends the error type in an HTTP header. */
function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}

interface RunningEvent {
  readonly requestId: string;
  readonly onChunk: OnChunk | undefined;
  /** The chunks of a response that is streamed, but was invoked without streaming. */
  readonly chunks: Buffer[];
  bytes: number;
}

/** The pipes to a runtime of this extension: one for events, one for replies. No other process can open them. */
export class PipeChannel implements RuntimeChannel {
  readonly #events: Writable;
  readonly #replies: Readable;
  readonly #listeners: ChannelListeners;
  #running: RunningEvent | undefined;
  /** Deliveries of chunks, one after another; the reply follows them. */
  #delivered: Promise<void> | undefined;
  #pendingDeliveries = 0;

  constructor(pipes: { readonly events: Writable; readonly replies: Readable }, listeners: ChannelListeners) {
    this.#events = pipes.events;
    this.#replies = pipes.replies;
    this.#listeners = listeners;
    this.#events.on('error', () => undefined); // the runtime has exited, or closed the pipe: see `close`
    this.#replies.on('error', () => undefined);
    const read = createFrameReader(MAX_FRAME_BYTES, (frame) => this.#receive(frame));
    this.#replies.on('data', (bytes: Buffer) => {
      try {
        read(bytes);
      } catch {
        this.#replies.destroy();
      }
    });
    this.#replies.once('close', () => listeners.onBroken());
  }

  send(event: RuntimeEvent, onChunk?: OnChunk): void {
    const { requestId, headers, body } = event;
    this.#running = { requestId, onChunk, chunks: [], bytes: 0 };
    this.#delivered = undefined;
    this.#events.write(encodeFrame(JSON.stringify({ ...headers, 'lambda-runtime-aws-request-id': requestId }), body));
  }

  get isDelivering(): boolean {
    return this.#pendingDeliveries > 0;
  }

  close(): void {
    this.#events.destroy();
    this.#replies.destroy();
  }

  #receive({ header, body }: Frame): void {
    if (!isReplyHeader(header)) throw new SyntaxError('A reply has no kind.');
    const { kind, requestId, errorType } = header;
    if (kind === 'ready') return this.#listeners.onReady();
    const running = this.#running;
    // A reply to an event that has already ended. Only an init error has no ID.
    if (requestId !== running?.requestId && !(kind === 'error' && requestId === undefined)) return;
    if (kind === 'chunk') {
      if (running !== undefined) this.#receiveChunk(running, body);
      return;
    }
    const isChunked = kind === 'response' && running !== undefined && running.chunks.length > 0;
    const reply = {
      kind,
      requestId,
      body: isChunked ? Buffer.concat(running.chunks) : body,
      errorType: errorType && ascii(errorType),
    };
    if (this.#delivered === undefined) this.#listeners.onReply(reply);
    else void this.#delivered.then(() => this.#listeners.onReply(reply));
  }

  #receiveChunk(running: RunningEvent, bytes: Buffer): void {
    const { onChunk, chunks } = running;
    if (onChunk === undefined) {
      if (running.bytes < MAX_BUFFERED_BYTES) chunks.push(bytes);
      running.bytes += bytes.byteLength;
      return;
    }
    // The pipe is the only buffer: the runtime waits while the receiver isn't ready.
    this.#replies.pause();
    const delivery = (this.#delivered ?? Promise.resolve()).then(() => onChunk(bytes)).catch(() => undefined);
    this.#delivered = delivery;
    this.#pendingDeliveries++;
    void delivery.then(() => {
      this.#pendingDeliveries--;
      if (this.#pendingDeliveries === 0) this.#replies.resume();
    });
  }
}
