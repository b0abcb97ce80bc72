import type { SsoPrompt } from '../../core/connection/aws.ts';
import type { SsoSession } from '../../core/connection/profile.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { createSharedTasks } from '../../core/async/sharedTask.ts';
import { logIn, type SsoLoginOptions } from './ssoLogin.ts';

interface ActiveSignIn {
  prompt: SsoPrompt | undefined;
  readonly listeners: Set<SsoLoginOptions['onPrompt']>;
}

/**
 * Runs at most one sign-in per SSO session: concurrent callers share its user code. Each caller can cancel through its
 * own signal (InvokeError `ssoCancelled`); the sign-in is canceled with its last caller.
 */
export function createSharedLogin() {
  const tasks = createSharedTasks<void>();
  const signIns = new Map<string, ActiveSignIn>();

  return async function logInShared(session: SsoSession, options: SsoLoginOptions): Promise<void> {
    const { signal, onPrompt, service } = options;
    const key = JSON.stringify([session, service.endpoint]);
    const start = (shared: AbortSignal) => {
      const signIn: ActiveSignIn = { prompt: undefined, listeners: new Set() };
      signIns.set(key, signIn);
      const onSharedPrompt = (prompt: SsoPrompt) => {
        signIn.prompt = prompt;
        for (const listener of signIn.listeners) listener(prompt);
      };
      return logIn(session, { ...options, signal: shared, onPrompt: onSharedPrompt }).finally(() => {
        if (signIns.get(key) === signIn) signIns.delete(key);
      });
    };
    if (signal.aborted) throw new InvokeError(message('ssoCancelled'), { declined: 'signIn' });
    const result = tasks.join(key, start, signal);
    const signIn = signIns.get(key);
    const listener = (prompt: SsoPrompt) => onPrompt(prompt);
    signIn?.listeners.add(listener);
    if (signIn?.prompt !== undefined) listener(signIn.prompt);
    try {
      await result;
    } catch (error) {
      throw signal.aborted ? new InvokeError(message('ssoCancelled'), { declined: 'signIn', cause: error }) : error;
    } finally {
      signIn?.listeners.delete(listener);
    }
  };
}
