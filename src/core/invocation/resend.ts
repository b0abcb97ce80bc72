/**
 * The reasons a request may be sent again. In all these cases the function can't have run, and nothing else is ever
 * sent twice. The only other case is `tailRefused`, which is resent once, immediately, without LogType.
 */
export const RESEND_REASONS = ['throttled', 'connectionRefused', 'nameNotResolved', 'connectTimeout'] as const;
type ResendReason = (typeof RESEND_REASONS)[number];

/** Why a failed request may be sent again. */
export type Resend =
  | {
      readonly reason: ResendReason;
      /** Lambda's Retry-After header, in milliseconds. */
      readonly retryAfterMs?: number;
    }
  /** This kind of function doesn't support a log tail. The function didn't run. */
  | { readonly reason: 'tailRefused' };

/** The first delay, in milliseconds. It doubles with each retry up to the maximum. */
const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 30_000;

/** If Retry-After is longer than this, the request isn't sent again. In milliseconds. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;

/**
 * The delay before an attempt (2 is the first retry), in milliseconds, at least Retry-After. Undefined if Retry-After
 * exceeds 15 minutes.
 */
export function retryDelay(
  attempt: number,
  { retryAfterMs = 0 }: { readonly retryAfterMs?: number },
): number | undefined {
  if (retryAfterMs > MAX_RETRY_AFTER_MS) return undefined;
  const backoff = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 2));
  return Math.max(backoff, retryAfterMs);
}
