import type { Readable } from 'node:stream';

/** Why a body wasn't read: it timed out, was too large, was truncated, or has an unsupported encoding. */
export type UnreadReason = 'late' | 'tooLarge' | 'cut' | 'encoded';

/** The maximum size of an error body in bytes. Real ones have a few kilobytes. */
export const MAX_LIMITED_BODY = 1_048_576;

export interface LimitedBody {
  readonly chunks: readonly Buffer[];
  readonly unread?: UnreadReason;
}

/**
 * Reads an error body, up to 1 MB and `errorBodyMs` milliseconds. An incomplete body is discarded and the reason
 * returned. Never rejects.
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
