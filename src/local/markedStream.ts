/**
 * Splits a handler's output from the marks our bootstrap writes into it. A mark says that everything the handler wrote
 * before it has arrived: pipes and the Runtime API are separate roads, and without it the last lines would come too late.
 */
export class MarkedStream {
  readonly #mark: Buffer;
  readonly #onOutput: (bytes: Buffer) => void;
  readonly #onMark: () => void;
  #held: Buffer = Buffer.alloc(0);

  constructor(mark: string, { onOutput, onMark }: { onOutput: (bytes: Buffer) => void; onMark: () => void }) {
    this.#mark = Buffer.from(mark);
    this.#onOutput = onOutput;
    this.#onMark = onMark;
  }

  push(chunk: Buffer): void {
    let rest = this.#held.byteLength === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    for (let at = rest.indexOf(this.#mark); at !== -1; at = rest.indexOf(this.#mark)) {
      this.#output(rest.subarray(0, at));
      rest = rest.subarray(at + this.#mark.byteLength);
      this.#onMark();
    }
    const partial = this.#partialMarkAtEnd(rest);
    this.#output(rest.subarray(0, rest.byteLength - partial));
    this.#held = rest.subarray(rest.byteLength - partial);
  }

  /** The stream has ended: what was held back was output after all. */
  end(): void {
    this.#output(this.#held);
    this.#held = Buffer.alloc(0);
  }

  #output(bytes: Buffer): void {
    if (bytes.byteLength > 0) this.#onOutput(bytes);
  }

  #partialMarkAtEnd(bytes: Buffer): number {
    const most = Math.min(this.#mark.byteLength - 1, bytes.byteLength);
    for (let length = most; length > 0; length--) {
      if (bytes.subarray(bytes.byteLength - length).equals(this.#mark.subarray(0, length))) return length;
    }
    return 0;
  }
}
