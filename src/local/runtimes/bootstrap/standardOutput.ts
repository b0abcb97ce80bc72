import { OriginalPromise } from './originals.ts';

type Name = 'stdout' | 'stderr';

interface Output {
  readonly stream: NodeJS.WriteStream;
  /** The stream's own method, which handlers may replace. */
  readonly write: NodeJS.WriteStream['write'];
}

/** The streams that exist. Creating one takes as long as a short handler, so that isn't done just to flush it. */
const used: Partial<Record<Name, Output>> = {};

function outputOf(name: Name, stream: NodeJS.WriteStream): Output {
  return (used[name] ??= { stream, write: stream.write.bind(stream) });
}

/** Notes when `process.stdout` and `process.stderr` are used. Call it before the handler's module is loaded. */
export function trackOutput(): void {
  for (const name of ['stdout', 'stderr'] satisfies Name[]) {
    const original = Object.getOwnPropertyDescriptor(process, name);
    const getAndNote = (): NodeJS.WriteStream =>
      outputOf(name, original?.get?.call(process) as NodeJS.WriteStream).stream;
    if (original?.get === undefined) outputOf(name, process[name]);
    else Object.defineProperty(process, name, { configurable: true, enumerable: true, get: getAndNote });
  }
}

/** Writes to the standard output, whatever the handler has done to `process.stdout`. */
export function writeStdout(text: string): void {
  (used.stdout ?? outputOf('stdout', process.stdout)).write(text);
}

function isBuffering(output: Output | undefined): output is Output {
  return output !== undefined && output.stream.writableLength > 0;
}

/** Whether output waits in this process: Node.js writes in the background whatever doesn't fit into the pipe. */
export function hasBufferedOutput(): boolean {
  return isBuffering(used.stdout) || isBuffering(used.stderr);
}

/** Waits until all output is in the pipes, so that a reply can't overtake it. */
export async function flushOutput(): Promise<void> {
  for (const output of [used.stdout, used.stderr])
    if (isBuffering(output)) await new OriginalPromise<void>((resolve) => output.write('', () => resolve()));
}
