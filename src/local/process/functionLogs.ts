/** More of one function's log than this is not kept. In bytes. */
const MAX_BYTES = 2_097_152;

/** What the functions have logged, whole, in memory only: the answer carries no more than 4 KB of it. */
export class FunctionLogs {
  readonly #logs = new Map<string, Buffer[]>();

  add(name: string, log: Buffer): void {
    const chunks = this.#logs.get(name) ?? [];
    chunks.push(log);
    let length = chunks.reduce((sum, each) => sum + each.byteLength, 0);
    while (length > MAX_BYTES && chunks.length > 1) length -= chunks.shift()?.byteLength ?? 0;
    this.#logs.set(name, chunks);
  }

  /** A function's log, oldest line first. */
  get(name: string): string {
    return Buffer.concat(this.#logs.get(name) ?? []).toString('utf8');
  }
}
