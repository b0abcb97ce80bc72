import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { signalOf } from './cancellation.ts';
import { askTryAgain } from '../notify.ts';
import { withCancellableProgress } from './progress.ts';

/** Errors that a retry can solve: no response, or a late one. */
const WORTH_TRYING_AGAIN = new Set(['readLate', 'readFailed', 'readThrottled', 'credentialsLate']);

/**
 * Reads with cancelable progress, and offers Try Again without a response. Returns undefined if canceled or aborted.
 * Rejects with InvokeError.
 */
export async function readCancellably<T>(
  title: string,
  signal: AbortSignal | undefined,
  read: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  for (;;) {
    let stopped: AbortSignal | undefined;
    try {
      return await withCancellableProgress(title, (_, token) => {
        stopped = signalOf(token, signal);
        return read(stopped);
      });
    } catch (error) {
      if (stopped?.aborted === true) return undefined;
      if (!isInvokeError(error) || !WORTH_TRYING_AGAIN.has(error.reason.code)) throw error;
      if (!(await askTryAgain(error.reason)) || signal?.aborted === true) return undefined;
    }
  }
}
