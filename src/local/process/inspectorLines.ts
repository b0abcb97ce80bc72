const LISTENING = /^Debugger listening on (ws:\/\/\S+)$/;
const INSPECTOR_LINE =
  /^(Debugger listening on |For help, see: https:\/\/nodejs\.org|Debugger attached\.|Waiting for the debugger|Debugger ending on )/;

/** Takes the lines of Node's inspector out of a process's stderr: they are not the function's, and one has the address. */
export class InspectorLines {
  readonly address: Promise<string>;
  #resolveAddress: (address: string) => void = () => undefined;
  #rejectAddress: (error: Error) => void = () => undefined;

  constructor() {
    this.address = new Promise((resolve, reject) => {
      this.#resolveAddress = resolve;
      this.#rejectAddress = reject;
    });
    this.address.catch(() => undefined); // only a debugger asks
  }

  /** What of it is the function's own. Node writes each of its lines at once. */
  filter(bytes: Buffer): Buffer {
    const text = bytes.toString('latin1');
    if (!INSPECTOR_LINE.test(text) && !text.includes('\nDebugger ')) return bytes;
    const lines = text.split('\n');
    for (const line of lines) {
      const address = LISTENING.exec(line)?.[1];
      if (address !== undefined) this.#resolveAddress(address);
    }
    return Buffer.from(lines.filter((line) => !INSPECTOR_LINE.test(line)).join('\n'), 'latin1');
  }

  /** The process has ended. */
  end(): void {
    this.#rejectAddress(new Error('The process exited before the debugger could attach.'));
  }
}
