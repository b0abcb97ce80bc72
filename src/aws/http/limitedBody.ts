import type { Readable } from 'node:stream';

/** Why a body was not read: it took too long, was too large, was cut, or is in an encoding that is not known here. */
export type UnreadReason = 'late' | 'tooLarge' | 'cut' | 'encoded';

/** An error's body has at most some kilobytes; more is not read. In bytes. */
export const MAX_LIMITED_BODY = 1_048_576;

export interface LimitedBody {
  readonly chunks: readonly Buffer[];
  readonly unread?: UnreadReason;
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
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (unread?: UnreadReason) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cut);
      if (unread === undefined) return resolve({ chunks });
      body.destroy();
      resolve({ chunks: [], unread });
    };
    const cut = () => finish('cut');
    const timer = setTimeout(() => finish('late'), errorBodyMs);
    body.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length > MAX_LIMITED_BODY) finish('tooLarge');
      else chunks.push(chunk);
    });
    body.once('end', () => finish());
    body.once('error', cut);
    body.once('close', cut);
    signal?.addEventListener('abort', cut, { once: true });
  });
}
