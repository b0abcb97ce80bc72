/** The maximum log size per function, in bytes. */
const MAX_BYTES = 2_097_152;

/** The functions' complete logs, in memory only. An Invoke response has just the last 4 KB. */
export class FunctionLogs {
  readonly #logs = new Map<string, Buffer[]>();

  add(name: string, log: Buffer): void {
    const chunks = this.#logs.get(name) ?? [];
    chunks.push(log);
    let length = chunks.reduce((sum, each) => sum + each.byteLength, 0);
    while (length > MAX_BYTES && chunks.length > 1) length -= chunks.shift()?.byteLength ?? 0;
    this.#logs.set(name, chunks);
  }

  /** The log of a function, oldest line first. */
  get(name: string): string {
    return Buffer.concat(this.#logs.get(name) ?? []).toString('utf8');
  }
}
