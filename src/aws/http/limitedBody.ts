import type { Readable } from 'node:stream';

/** Why a body was not read: it took too long, was too large, was cut, or is in an encoding that is not known here. */
export type Unread = 'late' | 'tooLarge' | 'cut' | 'encoded';

/** An error's body has at most some kilobytes; more is not read. In bytes. */
export const MAX_LIMITED_BODY = 1_048_576;

export interface LimitedBody {
  readonly bytes: readonly Buffer[];
  readonly unread?: Unread;
}

/**
 * Reads the body of an answer whose status says what happened: no more than 1 MB, and no longer than `briefBodyMs`
 * milliseconds. A body that isn't whole is left out; never rejects.
 */
export function readLimited(
  body: Readable,
  { errorBodyMs, signal }: { readonly errorBodyMs: number; readonly signal?: AbortSignal | undefined },
): Promise<LimitedBody> {
  return new Promise((resolve) => {
    const bytes: Buffer[] = [];
    let length = 0;
    const end = (unread?: Unread) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cut);
      if (unread === undefined) return resolve({ bytes });
      body.destroy();
      resolve({ bytes: [], unread });
    };
    const cut = () => end('cut');
    const timer = setTimeout(() => end('late'), errorBodyMs);
    body.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length > MAX_LIMITED_BODY) end('tooLarge');
      else bytes.push(chunk);
    });
    body.once('end', () => end());
    body.once('error', cut);
    body.once('close', cut);
    signal?.addEventListener('abort', cut, { once: true });
  });
}
