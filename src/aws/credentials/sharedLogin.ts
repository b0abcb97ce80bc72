import type { SsoPrompt } from '../../core/connection/aws.ts';
import type { SsoSession } from '../../core/connection/profile.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { createSharedTasks } from '../../core/async/sharedTask.ts';
import { logIn, type SsoLoginOptions } from './ssoLogin.ts';

interface Shown {
  prompt: SsoPrompt | undefined;
  readonly listeners: Set<SsoLoginOptions['onPrompt']>;
}

/**
 * Sign-ins, one at a time for each session: callers that need the same one share its code. Each leaves on its own signal
 * (InvokeError `ssoCancelled`); the sign-in ends when the last one has left.
 */
export function createSharedLogin() {
  const tasks = createSharedTasks<void>();
  const running = new Map<string, Shown>();

  return async function logInShared(session: SsoSession, options: SsoLoginOptions): Promise<void> {
    const { signal, onPrompt, service } = options;
    const key = JSON.stringify([session, service.endpoint]);
    const start = (shared: AbortSignal) => {
      const shown: Shown = { prompt: undefined, listeners: new Set() };
      running.set(key, shown);
      const onSharedPrompt = (prompt: SsoPrompt) => {
        shown.prompt = prompt;
        for (const listener of shown.listeners) listener(prompt);
      };
      return logIn(session, { ...options, signal: shared, onPrompt: onSharedPrompt }).finally(() => {
        if (running.get(key) === shown) running.delete(key);
      });
    };
    if (signal.aborted) throw new InvokeError(message('ssoCancelled'));
    const result = tasks.join(key, start, signal);
    const shown = running.get(key);
    const listener = (prompt: SsoPrompt) => onPrompt(prompt);
    shown?.listeners.add(listener);
    if (shown?.prompt !== undefined) listener(shown.prompt);
    try {
      await result;
    } catch (error) {
      throw signal.aborted ? new InvokeError(message('ssoCancelled'), { cause: error }) : error;
    } finally {
      shown?.listeners.delete(listener);
    }
  };
}
