import { AsyncLocalStorage } from 'node:async_hooks';
import type { OnPrompt } from '../../core/async/promptTimer.ts';

/** Who waits for a call to AWS. The SDK hands neither on to the providers of credentials. */
export interface Caller {
  readonly signal: AbortSignal;
  readonly onPrompt?: OnPrompt | undefined;
}

export type Callers = AsyncLocalStorage<Caller>;

export function createCallers(): Callers {
  return new AsyncLocalStorage<Caller>();
}

export interface PromptTracker {
  /** Tells a caller of each question from now on, of one that is open already too. Returns what ends it. */
  listen(onPrompt: OnPrompt | undefined): () => void;
  track<T>(prompt: Promise<T>): Promise<T>;
}

/** The questions behind a result that several callers wait for: each caller hears of them while it waits. */
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
