/** Knows when a question is open, and how long questions have been: a person's time is not the function's. */
export class QuestionClock {
  #ms = 0;
  #open = 0;

  /** In milliseconds, of all questions so far. */
  get ms(): number {
    return this.#ms;
  }

  async time<T>(question: Thenable<T>): Promise<T> {
    const since = performance.now();
    this.#open++;
    try {
      return await question;
    } finally {
      this.#open--;
      this.#ms += performance.now() - since;
    }
  }

  /** Fires after so many milliseconds in which no question was open. */
  deadline(ms: number): AbortSignal {
    const abort = new AbortController();
    const step = Math.max(50, ms / 20);
    let left = ms;
    const timer = setInterval(() => {
      if (this.#open > 0) return;
      left -= step;
      if (left > 0) return;
      clearInterval(timer);
      abort.abort();
    }, step);
    timer.unref();
    return abort.signal;
  }
}
