/** The maximum log size per function, in bytes. */
const MAX_BYTES = 2_097_152;

/** The size of a block in bytes. The oldest block is dropped when a log gets too large. */
const BLOCK_BYTES = 65_536;

/** The end of a growing text, in blocks: adding a line copies it once, however long the log is. */
class LogBuffer {
  #blocks: Buffer[] = [];
  #used = BLOCK_BYTES;

  append(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.byteLength;) {
      if (this.#used === BLOCK_BYTES) this.#addBlock();
      const part = bytes.subarray(start, start + BLOCK_BYTES - this.#used);
      this.#blocks.at(-1)?.set(part, this.#used);
      this.#used += part.byteLength;
      start += part.byteLength;
    }
  }

  toString(): string {
    const last = this.#blocks.length - 1;
    return Buffer.concat(
      this.#blocks.map((block, index) => (index === last ? block.subarray(0, this.#used) : block)),
    ).toString('utf8');
  }

  #addBlock(): void {
    this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
    this.#used = 0;
    if (this.#blocks.length * BLOCK_BYTES > MAX_BYTES) this.#blocks.shift();
  }
}

/** The functions' complete logs, in memory only. An Invoke response has just the last 4 KB. */
export class FunctionLogs {
  readonly #logs = new Map<string, LogBuffer>();

  add(name: string, chunks: readonly Uint8Array[]): void {
    let log = this.#logs.get(name);
    if (log === undefined) {
      log = new LogBuffer();
      this.#logs.set(name, log);
    }
    for (const chunk of chunks) log.append(chunk);
  }

  /** The log of a function, oldest line first. */
  get(name: string): string {
    return this.#logs.get(name)?.toString() ?? '';
  }
}
