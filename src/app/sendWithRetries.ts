import { pause } from '../core/async/pause.ts';
import { isInvokeError } from '../core/outcome/invokeError.ts';
import type { InvokeRequest } from '../core/invocation/invokeRequest.ts';
import { message, type Message } from '../core/messages/messages.ts';
import type { InvokeResponse } from '../core/outcome/outcome.ts';
import { retryDelay } from '../core/invocation/resend.ts';
import type { Waits } from './waits.ts';

/** A rejected request that will be retried. */
export interface PendingRetry {
  readonly attempt: number;
  readonly reason: Message;
  /** The time of the retry, in milliseconds since the epoch. */
  readonly until: number;
}

export interface RetryOptions {
  /** The maximum number of retries. */
  readonly maxRetries: number;
  readonly signal: AbortSignal;
  /** Called for each rejected attempt that is retried. */
  readonly onRejected: (reason: Message) => void;
  readonly waits: Pick<Waits, 'during'>;
}

/**
 * Sends a request, and retries it only if it can't have run the function: after a delay that can be stopped, up to the
 * maximum. If LogType Tail is rejected, retries once without it, immediately.
 */
export async function sendWithRetries(
  request: InvokeRequest,
  send: (request: InvokeRequest) => Promise<InvokeResponse>,
  { maxRetries, signal, onRejected, waits }: RetryOptions,
): Promise<InvokeResponse> {
  let current = request;
  let retries = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(current);
    } catch (error) {
      const resend = isInvokeError(error) ? error.resend : undefined;
      if (!isInvokeError(error) || resend === undefined || signal.aborted) throw error;
      if (resend.reason === 'tailRefused') {
        if (current.LogType !== 'Tail') throw error;
        onRejected(message('tailRefused'));
        const { LogType: _, ...fields } = current;
        current = fields;
        continue;
      }
      const ms = retryDelay(retries + 2, resend);
      if (ms === undefined || retries++ >= maxRetries) throw error;
      onRejected(error.reason);
      const retry = { attempt: attempt + 1, reason: error.reason, until: Date.now() + ms };
      await waits.during({ kind: 'retry', ...retry }, pause(ms, signal, message('cancelledBeforeResend')));
    }
  }
}
