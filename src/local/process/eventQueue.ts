/** How one attempt at an event ended. */
export type AttemptResult = 'done' | 'failed' | 'throttled';

export interface QueuedEvent {
  /** Tries again after a failure so often: 0 to 2. */
  readonly maximumRetryAttempts: number;
  /** Runs it once; `attempt` counts from 1. */
  readonly run: (attempt: number) => Promise<AttemptResult>;
}

/** Lambda waits a minute, then two; here nobody has that time. In milliseconds. */
const EVENT_RETRY_DELAYS_MS = [1000, 2000] as const;

/** An event that found no room is offered again so often a second. In milliseconds. */
const THROTTLE_RETRY_MS = 250;

/** More than this many events do not wait here. */
const MAX_EVENTS = 10_000;

/**
 * Runs Events behind their 202: at once, and again after a failure, as often as the function's configuration says. A
 * throttled one waits until there is room. Source: Lambda developer guide, "How Lambda handles errors and retries with
 * asynchronous invocation".
 */
export class EventQueue {
  readonly #delays: readonly number[];
  readonly #waiting = new Set<NodeJS.Timeout>();
  #count = 0;

  constructor(delays: readonly number[] = EVENT_RETRY_DELAYS_MS) {
    this.#delays = delays;
  }

  /** Takes an event, and answers whether there was room for it. */
  add(event: QueuedEvent): boolean {
    if (this.#count >= MAX_EVENTS) return false;
    this.#count++;
    this.#run(event, 1);
    return true;
  }

  /** Forgets what waits. */
  close(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
  }

  #run(event: QueuedEvent, attempt: number): void {
    const onSettled = (result: AttemptResult) => {
      if (result === 'throttled') this.#schedule(event, attempt, THROTTLE_RETRY_MS);
      else if (result === 'failed' && attempt <= event.maximumRetryAttempts) {
        this.#schedule(event, attempt + 1, this.#delays[attempt - 1] ?? 0);
      } else this.#count--;
    };
    event.run(attempt).then(onSettled, () => onSettled('failed'));
  }

  #schedule(event: QueuedEvent, attempt: number, ms: number): void {
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      this.#run(event, attempt);
    }, ms);
    this.#waiting.add(timer);
  }
}
