import { message, type Message } from '../messages/messages.ts';
import { InvokeError } from '../outcome/invokeError.ts';
import { sleep } from './sleep.ts';

/** Waits for `ms` milliseconds. Rejects with InvokeError as soon as the signal aborts. */
export async function pause(
  ms: number,
  signal: AbortSignal,
  reason: Message = message('cancelledBeforeSending'),
): Promise<void> {
  await sleep(ms, signal);
  if (signal.aborted) throw new InvokeError(reason);
}
