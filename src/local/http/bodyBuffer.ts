const EMPTY = Buffer.alloc(0);

/** Collects the parts of a body in one buffer. As a list, a body in tiny parts would need many times its size. */
export class BodyBuffer {
  readonly #knownBytes: number | undefined;
  readonly #maxBytes: number;
  #bytes: Buffer = EMPTY;
  #length = 0;

  /** `knownBytes`: the length of the body, if it's known. All parts together must not exceed it or `maxBytes`. */
  constructor(knownBytes: number | undefined, maxBytes: number) {
    this.#knownBytes = knownBytes;
    this.#maxBytes = maxBytes;
  }

  append(part: Buffer): void {
    const length = this.#length + part.byteLength;
    if (this.#length === 0)
      this.#bytes = part; // most bodies are a single part
    else {
      if (length > this.#bytes.byteLength) this.#grow(this.#knownBytes ?? Math.min(2 * length, this.#maxBytes));
      part.copy(this.#bytes, this.#length);
    }
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** The body, in a buffer of its size. */
  toBuffer(): Buffer {
    if (this.#bytes.byteLength > this.#length) this.#grow(this.#length);
    return this.#bytes;
  }

  #grow(size: number): void {
    const bytes = Buffer.allocUnsafeSlow(size);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = bytes;
  }
}
