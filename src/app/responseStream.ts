import { joinBytes } from '../core/invocation/joinBytes.ts';
import type { StreamStats } from '../core/outcome/outcome.ts';

/** How many bytes of a streamed response are held. Later ones are counted, and written if the response is saved. */
export const MAX_BUFFERED_BYTES = 8_388_608;

/** Where a stream is written: a file the person has chosen. */
export interface StreamSink {
  /** The file's name in texts. */
  readonly label: string;
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

type Listener = (bytes: Uint8Array) => void;

/** A response while it is streamed: its first bytes are held, all are counted, and a sink gets every one of them. */
export class ResponseStream {
  readonly #parts: Uint8Array[] = [];
  #sentAt = performance.now();
  #hasEnded = false;
  #sink: StreamSink | undefined;
  #sinkError: { readonly label: string; readonly error: unknown } | undefined;
  /** Writes run one after another. */
  #writes: Promise<void> = Promise.resolve();
  #savedTo: string | undefined;
  #firstByteMs: number | undefined;
  #chunks = 0;
  #bytes = 0;
  #bufferedBytes = 0;
  #onBytes: Listener = () => undefined;

  /** `sink` was chosen before the request was sent. */
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

  /** The file that it is, or should be, written to. */
  get sink(): StreamSink | undefined {
    return this.#sink;
  }

  /** Why the file couldn't be written. */
  get sinkError(): { readonly label: string; readonly error: unknown } | undefined {
    return this.#sinkError;
  }

  /** The bytes that are held, in one piece. */
  buffered(): Uint8Array {
    return joinBytes(this.#parts);
  }

  /** Calls back with the held part of each chunk. One listener. */
  listen(listener: Listener): void {
    this.#onBytes = listener;
  }

  /** The request is sent now: the time to the first byte is measured from here. */
  markSent(): void {
    this.#sentAt = performance.now();
  }

  /** Takes a chunk. Resolves when it is written, so that a slow disk slows down the reading. */
  async append(chunk: Uint8Array): Promise<void> {
    if (this.#hasEnded) return; // its end was already reported
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
   * Writes the bytes received so far to a sink, and all later ones. Otherwise the reason: the response has ended, is being
   * written already, or its first bytes are no longer held.
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

  /** The stream is over. Its file is closed; one that nothing was written to is left alone, unless the response is empty. */
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
      if (this.#sink !== sink) return; // it has failed: a file with a hole would be worse than one that ends
      try {
        await operation();
      } catch (error) {
        // A full disk does not end the stream: the response still comes, and what is held can be saved.
        this.#sinkError = { label: sink.label, error };
        this.#sink = undefined;
        await sink.end().catch(() => undefined);
      }
    });
    return this.#writes;
  }
}
