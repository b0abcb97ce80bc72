import { InvokeError } from '../outcome/invokeError.ts';
import { message } from '../messages/messages.ts';

/** Makes a promise cancelable. Rejects with InvokeError (nothing was sent) as soon as the signal aborts. */
export async function untilAborted<T>(promise: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => undefined as void;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new InvokeError(message('cancelledBeforeSending')));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
