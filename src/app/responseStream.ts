import { joinBytes } from '../core/invocation/joinBytes.ts';
import type { StreamStats } from '../core/outcome/outcome.ts';

/** The size of the buffer. Later bytes are only counted, and written if the response is saved. */
export const MAX_BUFFERED_BYTES = 8_388_608;

/** A file that a stream is saved to. */
export interface StreamSink {
  /** The displayed name of the file. */
  readonly label: string;
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

type Listener = (bytes: Uint8Array) => void;

/** A streamed response: buffers its first bytes, counts all, and writes all to a sink. */
export class ResponseStream {
  readonly #parts: Uint8Array[] = [];
  #sentAt = performance.now();
  #hasEnded = false;
  #sink: StreamSink | undefined;
  #sinkError: { readonly label: string; readonly error: unknown } | undefined;
  /** Makes writes sequential. */
  #writes: Promise<void> = Promise.resolve();
  #savedTo: string | undefined;
  #firstByteMs: number | undefined;
  #chunks = 0;
  #bytes = 0;
  #bufferedBytes = 0;
  #onBytes: Listener = () => undefined;

  /** `sink` was selected before the request was sent. */
  constructor(sink?: StreamSink) {
    this.#sink = sink;
  }

  get stats(): StreamStats {
    return {
      chunks: this.#chunks,
      bytes: this.#bytes,
      bufferedBytes: this.#bufferedBytes,
      ...(this.#firstByteMs !== undefined && { firstByteMs: this.#firstByteMs }),
      ...(this.#savedTo !== undefined && { savedTo: this.#savedTo }),
    };
  }

  /** The file that the response is saved to. */
  get sink(): StreamSink | undefined {
    return this.#sink;
  }

  /** Why the file couldn't be written. */
  get sinkError(): { readonly label: string; readonly error: unknown } | undefined {
    return this.#sinkError;
  }

  /** The buffered bytes. */
  buffered(): Uint8Array {
    return joinBytes(this.#parts);
  }

  /** Called with the buffered part of each chunk. Supports one listener. */
  listen(listener: Listener): void {
    this.#onBytes = listener;
  }

  /** Starts measuring the time to first byte. */
  markSent(): void {
    this.#sentAt = performance.now();
  }

  /** Adds a chunk. Resolves when it is written, so that a slow disk slows down reading. */
  async append(chunk: Uint8Array): Promise<void> {
    if (this.#hasEnded) return; // the outcome was already reported
    this.#firstByteMs ??= performance.now() - this.#sentAt;
    this.#chunks++;
    this.#bytes += chunk.byteLength;
    const buffered = chunk.slice(0, Math.max(0, MAX_BUFFERED_BYTES - this.#bufferedBytes)); // a copy: the reader reuses its buffer
    if (buffered.byteLength > 0) this.#parts.push(buffered);
    this.#bufferedBytes += buffered.byteLength;
    this.#onBytes(buffered);
    if (this.#sink !== undefined) await this.#write(chunk);
  }

  /**
   * Saves the bytes received so far and all later ones. Returns why it can't: the response has ended, is already being
   * saved, or exceeds the buffer.
   */
  async saveTo(sink: StreamSink): Promise<'saving' | 'ended' | 'alreadySaving' | 'notBuffered'> {
    if (this.#hasEnded) return 'ended';
    if (this.#sink !== undefined) return 'alreadySaving';
    if (this.#bufferedBytes < this.#bytes) return 'notBuffered';
    this.#sink = sink;
    this.#sinkError = undefined;
    await this.#write(this.buffered());
    return 'saving';
  }

  /** Ends the stream and its file. Doesn't touch the file without bytes, unless the response is complete and empty. */
  async end({ isComplete }: { readonly isComplete: boolean }): Promise<void> {
    this.#hasEnded = true;
    const sink = this.#sink;
    if (sink === undefined || (this.#bytes === 0 && !isComplete)) return;
    await this.#enqueue(sink, () => sink.end());
    if (this.#sinkError === undefined) this.#savedTo = sink.label;
  }

  #write(bytes: Uint8Array): Promise<void> {
    const sink = this.#sink;
    return sink === undefined ? Promise.resolve() : this.#enqueue(sink, () => sink.write(bytes));
  }

  #enqueue(sink: StreamSink, operation: () => Promise<void>): Promise<void> {
    this.#writes = this.#writes.then(async () => {
      if (this.#sink !== sink) return; // it has failed: a truncated file is better than one with a gap
      try {
        await operation();
      } catch (error) {
        // A full disk doesn't end the stream, so that the buffered bytes can be saved elsewhere.
        this.#sinkError = { label: sink.label, error };
        this.#sink = undefined;
        await sink.end().catch(() => undefined);
      }
    });
    return this.#writes;
  }
}
