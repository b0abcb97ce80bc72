import { AsyncLocalStorage } from 'node:async_hooks';
import type { OnPrompt } from '../../core/async/promptTimer.ts';

/** The caller of an AWS operation. The SDK forwards neither field to credential providers. */
export interface Caller {
  readonly signal: AbortSignal;
  readonly onPrompt?: OnPrompt | undefined;
}

export type Callers = AsyncLocalStorage<Caller>;

export function createCallers(): Callers {
  return new AsyncLocalStorage<Caller>();
}

export interface PromptTracker {
  /** Notifies the caller of prompts, including one that is already open. Returns a function that unsubscribes. */
  listen(onPrompt: OnPrompt | undefined): () => void;
  track<T>(prompt: Promise<T>): Promise<T>;
}

/** Tracks the prompts of a shared operation and notifies every caller that is waiting for it. */
export function createPromptTracker(): PromptTracker {
  const listeners = new Set<{ readonly onPrompt: OnPrompt }>();
  let open = 0;
  const notify = (isOpen: boolean) => {
    for (const { onPrompt } of listeners) onPrompt(isOpen);
  };
  return {
    listen(onPrompt) {
      if (onPrompt === undefined) return () => undefined;
      const listener = { onPrompt };
      listeners.add(listener);
      if (open > 0) onPrompt(true);
      return () => {
        if (listeners.delete(listener) && open > 0) onPrompt(false);
      };
    },
    async track(prompt) {
      if (open++ === 0) notify(true);
      try {
        return await prompt;
      } finally {
        if (--open === 0) notify(false);
      }
    },
  };
}
