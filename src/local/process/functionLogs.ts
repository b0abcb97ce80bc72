import { LiveLogs } from './liveLogs.ts';

/** The maximum log size per function, in bytes. */
const MAX_BYTES = 2_097_152;

/** The size of a block in bytes. The oldest block is dropped when a log gets too large. */
const BLOCK_BYTES = 65_536;

/** The end of a growing text, in blocks: adding a line copies it once, however long the log is. */
class LogBuffer {
  #blocks: Buffer[] = [];
  #used = BLOCK_BYTES;
  /** How many bytes were dropped from the start. */
  #dropped = 0;

  /** The offset of the next byte, from the first one that was ever added. */
  get end(): number {
    return this.#dropped + (this.#blocks.length - 1) * BLOCK_BYTES + this.#used;
  }

  append(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.byteLength;) {
      if (this.#used === BLOCK_BYTES) this.#addBlock();
      const part = bytes.subarray(start, start + BLOCK_BYTES - this.#used);
      this.#blocks.at(-1)?.set(part, this.#used);
      this.#used += part.byteLength;
      start += part.byteLength;
    }
  }

  /** The bytes between two offsets, or undefined if their start was dropped. */
  slice(start: number, end: number): Buffer | undefined {
    if (start < this.#dropped) return undefined;
    const from = start - this.#dropped;
    const to = end - this.#dropped;
    const first = Math.floor(from / BLOCK_BYTES);
    const blocks = this.#blocks.slice(first, Math.ceil(to / BLOCK_BYTES));
    return Buffer.concat(blocks).subarray(from - first * BLOCK_BYTES, to - first * BLOCK_BYTES);
  }

  toString(): string {
    return this.slice(this.#dropped, this.end)?.toString('utf8') ?? '';
  }

  #addBlock(): void {
    this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
    this.#used = 0;
    if (this.#blocks.length * BLOCK_BYTES <= MAX_BYTES) return;
    this.#blocks.shift();
    this.#dropped += BLOCK_BYTES;
  }
}

/** The location of the log of one invocation. */
interface InvocationRange {
  readonly log: LogBuffer;
  readonly start: number;
  readonly end: number;
}

/** The log of older invocations can only be read with the log of their function. */
const MAX_INVOCATIONS = 1000;

/**
 * The functions' complete logs, in memory only: the last 2 MB of each function. An Invoke response has just the last 4
 * KB.
 */
export class FunctionLogs {
  readonly live = new LiveLogs();
  readonly #logs = new Map<string, LogBuffer>();
  /** By request ID. An invocation is added as a whole when it ends, so that concurrent ones don't mix. */
  readonly #invocations = new Map<string, InvocationRange>();

  add(name: string, requestId: string, chunks: readonly Uint8Array[]): void {
    this.live.end(name, requestId);
    let log = this.#logs.get(name);
    if (log === undefined) {
      log = new LogBuffer();
      this.#logs.set(name, log);
    }
    const start = log.end;
    for (const chunk of chunks) log.append(chunk);
    this.#invocations.set(requestId, { log, start, end: log.end });
    if (this.#invocations.size <= MAX_INVOCATIONS) return;
    const [oldest] = this.#invocations.keys();
    if (oldest !== undefined) this.#invocations.delete(oldest);
  }

  /** The log of a function, oldest line first. */
  get(name: string): string {
    return this.#logs.get(name)?.toString() ?? '';
  }

  /** The log of one invocation, or undefined if it isn't complete anymore. At most 1 MB. */
  ofInvocation(requestId: string): string | undefined {
    const range = this.#invocations.get(requestId);
    return range?.log.slice(range.start, range.end)?.toString('utf8');
  }
}
