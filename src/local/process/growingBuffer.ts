const INITIAL_BYTES = 65_536;

/** Collects bytes up to a maximum, however small the parts are: each part is copied, and occupies no more memory. */
export class GrowingBuffer {
  readonly #maxBytes: number;
  #bytes = Buffer.allocUnsafe(0);
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Ignores what exceeds the maximum. */
  append(part: Uint8Array): void {
    const length = Math.min(this.#length + part.byteLength, this.#maxBytes);
    if (length > this.#bytes.byteLength) {
      const size = Math.max(INITIAL_BYTES, length, this.#bytes.byteLength * 2);
      const bytes = Buffer.allocUnsafe(Math.min(size, this.#maxBytes));
      this.#bytes.copy(bytes, 0, 0, this.#length);
      this.#bytes = bytes;
    }
    this.#bytes.set(part.subarray(0, length - this.#length), this.#length);
    this.#length = length;
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
