import { createHash, createHmac } from 'node:crypto';

/** SHA-256, keyed or not, as AWS's own signer takes it. */
export class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(secret as Uint8Array));
  }
  update(bytes: string | Uint8Array) {
    this.#hash.update(bytes);
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
}
