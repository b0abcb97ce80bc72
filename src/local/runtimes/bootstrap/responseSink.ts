import { Buffer } from 'node:buffer';
import { Writable } from 'node:stream';
import { nextTurn, OriginalPromise } from './originals.ts';

/** The maximum size of a chunk in bytes. */
const MAX_CHUNK = 1_048_576;

type Send = (bytes: Uint8Array) => Promise<void>;

/**
 * Sends the bytes of a response as they're written. The first ones are sent in the next turn of the event loop, when
 * AWS's client would have a connection. Nothing is sent if the stream fails before that.
 */
export class ResponseSink extends Writable {
  readonly #send: Send;
  #isConnected = false;
  #hasSent = false;
  #sending: Promise<void> = OriginalPromise.resolve();

  constructor(send: Send, highWaterMark: number | undefined) {
    // A write after the end is an error, but doesn't discard what was written before it.
    super({ autoDestroy: false, ...(highWaterMark !== undefined && { highWaterMark }) });
    this.#send = send;
  }

  /** Whether the stream has failed or was destroyed before its end was sent. */
  get hasFailed(): boolean {
    return !this.writableFinished && (this.errored !== null || this.destroyed);
  }

  /** Whether bytes were sent. */
  get hasSent(): boolean {
    return this.#hasSent;
  }

  override _write(chunk: Buffer, _: string, callback: () => void): void {
    this.#sending = this.#sendAll(chunk).then(callback);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], callback: () => void): void {
    this.#sending = this.#sendAll(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(callback);
  }

  /** Waits until everything that was written has been sent. */
  async flush(): Promise<void> {
    while (this.writableCorked > 0) this.uncork();
    for (let sending: unknown; sending !== this.#sending;) {
      sending = this.#sending;
      await sending;
    }
  }

  async #sendAll(bytes: Buffer): Promise<void> {
    if (!this.#isConnected) {
      await nextTurn();
      this.#isConnected = true;
      if (this.hasFailed) return;
    }
    this.#hasSent = true;
    for (let start = 0; start < bytes.byteLength; start += MAX_CHUNK)
      await this.#send(bytes.subarray(start, start + MAX_CHUNK));
  }
}
