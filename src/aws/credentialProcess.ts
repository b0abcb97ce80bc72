import { AsyncLocalStorage } from 'node:async_hooks';
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { externalDataInterceptor } from '@smithy/core/config';

/** The signal of whoever resolves credentials. The SDK's provider takes none, and its hook is one for the process. */
const signals = new AsyncLocalStorage<AbortSignal>();

const run = promisify(exec);

/** What the SDK runs a `credential_process` with, in the place of `child_process.exec`. */
const execute = Object.assign(() => undefined, {
  [promisify.custom]: (command: string) => {
    const signal = signals.getStore();
    return run(command, { windowsHide: true, ...(signal !== undefined && { signal }) });
  },
});

/** Resolves credentials so that a `credential_process` that is still running is ended when the signal aborts. */
export function withCredentialProcess<T>(signal: AbortSignal, resolve: () => Promise<T>): Promise<T> {
  Object.assign(externalDataInterceptor.getTokenRecord(), { exec: execute });
  return signals.run(signal, resolve);
}
