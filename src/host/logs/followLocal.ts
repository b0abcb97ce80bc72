import { sleep } from '../../core/async/sleep.ts';
import type { LiveLogPart } from '../../core/logs/liveLogPart.ts';
import type { LocalProcess } from '../functions/localProcess.ts';

/** How long to wait before a local endpoint that has ended is started again, in milliseconds. */
const RESTART_MS = 1000;

/**
 * Follows the log of a local function, including invocations of other programs, until the signal aborts. The next lines
 * are read after `onPart`. Rejects with InvokeError if the local endpoint can't be started.
 */
export async function followLocal(
  local: Pick<LocalProcess, 'address' | 'ask' | 'askIfRunning'>,
  name: string,
  onPart: (part: LiveLogPart) => void | PromiseLike<unknown>,
  signal: AbortSignal,
): Promise<void> {
  async function followOnce(): Promise<void> {
    const id = Number(await local.ask({ what: 'followLog', name }));
    const end = () => void local.askIfRunning({ what: 'endLog', id }).catch(() => undefined);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      while (!signal.aborted) {
        const part = (await local.askIfRunning({ what: 'readLog', id })) as LiveLogPart | undefined;
        if (part === undefined) return;
        if (!signal.aborted) await onPart(part);
      }
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  while (!signal.aborted) {
    await local.address();
    await followOnce().catch(() => undefined); // the local endpoint has ended
    await sleep(RESTART_MS, signal);
  }
}
