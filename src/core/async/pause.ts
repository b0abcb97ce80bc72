import { message, type Message } from '../messages/messages.ts';
import { InvokeError } from '../outcome/invokeError.ts';

/** Waits for `ms` milliseconds. Rejects with InvokeError as soon as the signal aborts. */
export function pause(
  ms: number,
  signal: AbortSignal,
  reason: Message = message('cancelledBeforeSending'),
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new InvokeError(reason));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
