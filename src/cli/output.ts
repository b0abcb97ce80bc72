import { UsageError } from './usageError.ts';

/** What a stream reports if its reader is gone, such as `head`. */
const READER_GONE = new Set(['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED']);

/** A stream of the process. */
interface Output {
  /** Resolves when the stream can take more. Never rejects: see `check`. */
  write(data: string | Uint8Array): Promise<void>;
  /** Nothing more can be written: the reader is gone, or there was an error. */
  readonly isClosed: boolean;
  /** Throws UsageError if anything couldn't be written, for example to a full disk. A reader may be gone. */
  check(): void;
}

export function createOutput(stream: NodeJS.WriteStream, name: string): Output {
  let problem: string | undefined;
  let isClosed = false;
  return {
    async write(data) {
      const error = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => stream.write(data, done));
      const code = error?.code ?? error?.message;
      isClosed ||= code !== undefined;
      if (code !== undefined && !READER_GONE.has(code)) problem ??= code;
    },
    get isClosed() {
      return isClosed;
    },
    check() {
      if (problem !== undefined) throw new UsageError(`Can't write to ${name} (${problem}).`);
    },
  };
}
