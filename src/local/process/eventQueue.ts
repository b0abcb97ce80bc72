/** The result of one attempt at an event. */
export type AttemptResult = 'done' | 'failed' | 'throttled';

export interface QueuedEvent {
  /** Retries after a failure: 0 to 2. */
  readonly maximumRetryAttempts: number;
  /** Runs one attempt, starting with number 1. */
  readonly run: (attempt: number) => Promise<AttemptResult>;
}

/** Delays before the retries in milliseconds. Lambda waits one and two minutes, too long for local development. */
const EVENT_RETRY_DELAYS_MS = [1000, 2000] as const;

/** The delay before a throttled event is retried, in milliseconds. */
const THROTTLE_RETRY_MS = 250;

/** The maximum number of queued and running events. */
const MAX_EVENTS = 10_000;

/**
 * Runs asynchronous invocations (Event): immediately, then again after each failure, up to the function's maximum retry
 * attempts. A throttled event is retried until there is capacity.
 * Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation".
 */
export class EventQueue {
  readonly #delays: readonly number[];
  readonly #waiting = new Set<NodeJS.Timeout>();
  #count = 0;

  constructor(delays: readonly number[] = EVENT_RETRY_DELAYS_MS) {
    this.#delays = delays;
  }

  /** Queues an event. Returns false when the queue is full. */
  add(event: QueuedEvent): boolean {
    if (this.#count >= MAX_EVENTS) return false;
    this.#count++;
    this.#run(event, 1);
    return true;
  }

  /** Discards all pending retries. */
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
