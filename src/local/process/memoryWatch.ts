/** The interval of memory checks, in milliseconds. */
const INTERVAL_MS = 100;

/** Checks may take this part of the time, so that a process with many children doesn't slow down the endpoint. */
const MAX_LOAD = 0.1;

/** Checks the memory of all processes that handle an event, with one timer. */
export class MemoryWatch {
  readonly #checks = new Set<() => void>();
  #isScheduled = false;

  /** Calls `check` regularly until `remove`. */
  add(check: () => void): void {
    this.#checks.add(check);
    if (!this.#isScheduled) this.#schedule(INTERVAL_MS);
  }

  remove(check: () => void): void {
    this.#checks.delete(check);
  }

  #schedule(ms: number): void {
    this.#isScheduled = true;
    setTimeout(() => this.#checkAll(), ms).unref();
  }

  #checkAll(): void {
    const start = performance.now();
    for (const check of this.#checks) check();
    const duration = performance.now() - start;
    this.#isScheduled = false;
    if (this.#checks.size > 0) this.#schedule(Math.max(INTERVAL_MS, duration / MAX_LOAD));
  }
}
