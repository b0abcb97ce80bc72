import type { StreamSink } from '../app/responseStream.ts';

/** The process, as the command line uses it. */
export interface ProcessIo {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** The folder with the bundles. */
  readonly dist: string;
}

/** Writes, and resolves when the stream can take more. Rejects if its reader is gone. */
function write(stream: NodeJS.WriteStream, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes for a reader that may be gone, such as head. */
export async function print(stream: NodeJS.WriteStream, data: string | Uint8Array): Promise<void> {
  await write(stream, data).catch(() => undefined);
}

/** Writes a streamed response to stdout as it arrives. */
export function stdoutSink(stdout: NodeJS.WriteStream): StreamSink {
  return { label: 'stdout', write: (bytes) => write(stdout, bytes), end: () => Promise.resolve() };
}
