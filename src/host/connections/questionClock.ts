/** Counts how long questions have been open: a person's time is not the function's. */
export class QuestionClock {
  #ms = 0;

  /** In milliseconds, of all questions so far. */
  get ms(): number {
    return this.#ms;
  }

  async time<T>(question: Thenable<T>): Promise<T> {
    const since = performance.now();
    try {
      return await question;
    } finally {
      this.#ms += performance.now() - since;
    }
  }
}
