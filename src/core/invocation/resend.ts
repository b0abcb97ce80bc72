/**
 * Why a request may be sent again. This is the whole list: none of these can have run the function, and nothing else is
 * ever sent twice. (The refusal of LogType Tail is the fifth: it is sent once more without it, at once.)
 */
export const RESEND_REASONS = ['throttled', 'connectionRefused', 'nameNotResolved', 'connectTimeout'] as const;
type ResendReason = (typeof RESEND_REASONS)[number];

/** What an error says of sending again. */
export type Resend =
  | {
      readonly because: ResendReason;
      /** Lambda's Retry-After, in milliseconds. */
      readonly retryAfterMs?: number;
    }
  /** Lambda does not give a log tail for this kind of function; the request was not run. */
  | { readonly because: 'tailRefused' };

/** The first wait in milliseconds; it doubles each time, up to the longest. */
const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 30_000;

/** A Retry-After longer than this is not waited for: then the request is not sent again. In milliseconds. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;

/**
 * How long to wait before the attempt of this number (2 is the first again), in milliseconds; Retry-After counts.
 * Undefined where that is longer than a person waits.
 */
export function waitBefore(
  attempt: number,
  { retryAfterMs = 0 }: { readonly retryAfterMs?: number },
): number | undefined {
  if (retryAfterMs > MAX_RETRY_AFTER_MS) return undefined;
  const ours = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 2));
  return Math.max(ours, retryAfterMs);
}
