import { createHash, createHmac } from 'node:crypto';

/** SHA-256 and HMAC-SHA-256 with the interface that the AWS signer needs. */
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
