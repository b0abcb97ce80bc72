import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';
import type { InvokeRequest } from '../core/invocation/invokeRequest.ts';
import { message, type Message } from '../core/messages/messages.ts';
import type { InvokeResponse } from '../core/outcome/outcome.ts';
import { retryDelay } from '../core/invocation/resend.ts';

/** A refused request that waits to be sent again. */
export interface PendingRetry {
  readonly attempt: number;
  readonly reason: Message;
  /** When it will be sent, in milliseconds since the epoch. */
  readonly until: number;
}

export interface RetryOptions {
  /** How often a refused request may be sent again; 0 means never. */
  readonly maxRetries: number;
  readonly signal: AbortSignal;
  /** Each attempt that was refused and followed by another, as it happens. */
  readonly onRejected: (reason: Message) => void;
  /** The wait begins (with what is waited for) and ends (undefined). */
  readonly onRetryChange: (retry: PendingRetry | undefined) => void;
}

/** Waits, or rejects as soon as the person wants no more. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new InvokeError(message('cancelledBeforeResend')));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Sends a request, and sends it again only where it cannot have run the function (core/resend): after a wait that is
 * shown and can be stopped, as often as the person allows. A refused LogType Tail is left out at once, and only once.
 */
export async function sendWithRetries(
  request: InvokeRequest,
  send: (request: InvokeRequest) => Promise<InvokeResponse>,
  { maxRetries, signal, onRejected, onRetryChange }: RetryOptions,
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
      onRetryChange({ attempt: attempt + 1, reason: error.reason, until: Date.now() + ms });
      await pause(ms, signal).finally(() => onRetryChange(undefined));
    }
  }
}
