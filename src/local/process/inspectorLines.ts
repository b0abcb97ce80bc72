const LISTENING = /^Debugger listening on (ws:\/\/\S+)$/;
const INSPECTOR_LINE =
  /^(Debugger listening on |For help, see: https:\/\/nodejs\.org|Debugger attached\.|Waiting for the debugger|Debugger ending on )/;

/** Removes the lines of Node's inspector from a function's stderr, and extracts the inspector's URL from them. */
export class InspectorLines {
  readonly address: Promise<string>;
  #resolveAddress: (address: string) => void = () => undefined;
  #rejectAddress: (error: Error) => void = () => undefined;

  constructor() {
    this.address = new Promise((resolve, reject) => {
      this.#resolveAddress = resolve;
      this.#rejectAddress = reject;
    });
    this.address.catch(() => undefined); // used only for debugging
  }

  /** The output without inspector lines. Relies on Node writing each of them in one piece. */
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

  /** Call when the process has ended, with the reason. */
  end(reason: string): void {
    this.#rejectAddress(new Error(reason));
  }
}
