import { InvokeError } from '../outcome/invokeError.ts';
import { message } from '../messages/messages.ts';

/** Makes a promise cancelable. Rejects with InvokeError (nothing was sent) as soon as the signal aborts. */
export async function untilAborted<T>(doing: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  let stop = () => undefined as void;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new InvokeError(message('cancelledBeforeSending')));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([doing, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
