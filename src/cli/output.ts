import { UsageError } from './usageError.ts';

/** What a stream reports if its reader is gone, such as `head`. */
const READER_GONE = new Set(['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED']);

/** A stream of the process. */
interface Output {
  /** Resolves when the stream can take more. Never rejects: see `check`. */
  write(data: string | Uint8Array): Promise<void>;
  /** Throws UsageError if anything couldn't be written, for example to a full disk. A reader may be gone. */
  check(): void;
}

export function createOutput(stream: NodeJS.WriteStream, name: string): Output {
  let problem: string | undefined;
  return {
    async write(data) {
      const error = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => stream.write(data, done));
      const code = error?.code ?? error?.message;
      if (code !== undefined && !READER_GONE.has(code)) problem ??= code;
    },
    check() {
      if (problem !== undefined) throw new UsageError(`Can't write to ${name} (${problem}).`);
    },
  };
}
