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
  after(ms: number, late: () => void): () => void;
}

export function createPromptTimer(): PromptTimer {
  let open = 0;
  let openSince = 0;
  let answeredMs = 0;
  const changed = new Set<() => void>();
  const waitedMs = () => answeredMs + (open > 0 ? performance.now() - openSince : 0);

  return {
    get ms() {
      return waitedMs();
    },
    onPrompt(isOpen) {
      if (isOpen && open === 0) openSince = performance.now();
      if (!isOpen && open === 1) answeredMs = waitedMs();
      open = Math.max(0, open + (isOpen ? 1 : -1));
      for (const each of changed) each();
    },
    after(ms, late) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const until = performance.now() + ms - waitedMs();
      const set = () => {
        clearTimeout(timer);
        if (open === 0) timer = setTimeout(late, Math.max(0, until + waitedMs() - performance.now()));
      };
      changed.add(set);
      set();
      return () => {
        clearTimeout(timer);
        changed.delete(set);
      };
    },
  };
}
