import * as crypto from 'node:crypto';

/** SHA-256 as lower-case hex. `crypto.hash` takes a third of the time, but Node.js has it only since 20.12. */
export const sha256: (data: Uint8Array | string) => string =
  typeof crypto.hash === 'function'
    ? (data) => crypto.hash('sha256', data)
    : (data) => crypto.createHash('sha256').update(data).digest('hex');

/** HMAC with SHA-256. */
export function hmac(key: crypto.KeyObject | Uint8Array | string, text: string): Buffer {
  return crypto.createHmac('sha256', key).update(text).digest();
}
