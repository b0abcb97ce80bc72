/** Called with true when a prompt to the user opens, and with false when it's answered. */
export type OnPrompt = (isOpen: boolean) => void;

/** Measures how long a caller has waited for prompts, which is neither the function's nor AWS's time. */
export interface PromptTimer {
  /** Milliseconds, including the prompt that is open now. */
  readonly ms: number;
  readonly onPrompt: OnPrompt;
  /**
   * Calls `late` after `ms` milliseconds, not counting time with an open prompt. Returns a function that cancels it.
   */
  after(ms: number, onTimeout: () => void): () => void;
}

export function createPromptTimer(): PromptTimer {
  let open = 0;
  let openSince = 0;
  let answeredMs = 0;
  const listeners = new Set<() => void>();
  const waitedMs = () => answeredMs + (open > 0 ? performance.now() - openSince : 0);

  return {
    get ms() {
      return waitedMs();
    },
    onPrompt(isOpen) {
      if (isOpen && open === 0) openSince = performance.now();
      if (!isOpen && open === 1) answeredMs = waitedMs();
      open = Math.max(0, open + (isOpen ? 1 : -1));
      for (const notify of listeners) notify();
    },
    after(ms, onTimeout) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const deadline = performance.now() + ms - waitedMs();
      const restart = () => {
        clearTimeout(timer);
        if (open === 0) timer = setTimeout(onTimeout, Math.max(0, deadline + waitedMs() - performance.now()));
      };
      listeners.add(restart);
      restart();
      return () => {
        clearTimeout(timer);
        listeners.delete(restart);
      };
    },
  };
}
