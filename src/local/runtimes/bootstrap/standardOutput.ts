type Name = 'stdout' | 'stderr';

/** The streams that exist. Creating one takes as long as a short handler, so that isn't done just to flush it. */
const used = { stdout: false, stderr: false };

/** Notes which of `process.stdout` and `process.stderr` are used. Call it before the handler's module is loaded. */
export function trackOutput(): void {
  for (const name of ['stdout', 'stderr'] satisfies Name[]) {
    const original = Object.getOwnPropertyDescriptor(process, name);
    const getAndNote = (): unknown => {
      used[name] = true;
      return original?.get?.call(process);
    };
    if (original?.get === undefined) used[name] = true;
    else Object.defineProperty(process, name, { configurable: true, enumerable: true, get: getAndNote });
  }
}

function isBuffering(name: Name): boolean {
  return used[name] && process[name].writableLength > 0;
}

/** Whether output waits in this process: Node.js writes in the background whatever doesn't fit into the pipe. */
export function hasBufferedOutput(): boolean {
  return isBuffering('stdout') || isBuffering('stderr');
}

/** Waits until all output is in the pipes, so that a reply can't overtake it. */
export async function flushOutput(): Promise<void> {
  for (const name of ['stdout', 'stderr'] satisfies Name[])
    if (isBuffering(name)) await new Promise<void>((resolve) => process[name].write('', () => resolve()));
}
