/** The result of one attempt at an event. */
export type AttemptResult = 'done' | 'failed' | 'throttled';

export interface QueuedEvent {
  /** The size of the payload. */
  readonly bytes: number;
  /** Retries after a failure: 0 to 2. */
  readonly maximumRetryAttempts: number;
  /** Runs one attempt, starting with number 1. */
  readonly run: (attempt: number) => Promise<AttemptResult>;
}

/** Delays before the retries in milliseconds. Lambda waits one and two minutes, too long for local development. */
const EVENT_RETRY_DELAYS_MS = [1000, 2000] as const;

/** The delay before a throttled event is retried, in milliseconds. */
const THROTTLE_RETRY_MS = 250;

/** The maximum number of queued and running events, and of the bytes of their payloads. */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 67_108_864;

/**
 * Runs asynchronous invocations (Event): immediately, then again after each failure, up to the function's maximum retry
 * attempts. A throttled event is retried until there is capacity.
 * Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation".
 */
export class EventQueue {
  readonly #delays: readonly number[];
  readonly #waiting = new Set<NodeJS.Timeout>();
  #onEmpty: (() => void)[] = [];
  #count = 0;
  #bytes = 0;
  #isClosed = false;

  constructor(delays: readonly number[] = EVENT_RETRY_DELAYS_MS) {
    this.#delays = delays;
  }

  /** Queues an event. Returns false when the queue is full or closed. */
  add(event: QueuedEvent): boolean {
    if (this.#isClosed || this.#count >= MAX_EVENTS || this.#bytes + event.bytes > MAX_BYTES) return false;
    this.#count++;
    this.#bytes += event.bytes;
    void this.#run(event, 1);
    return true;
  }

  /** Resolves when no event is queued or running. */
  async whenEmpty(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#onEmpty.push(resolve));
  }

  /** Discards all retries, including those of events that are still running. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
  }

  async #run(event: QueuedEvent, attempt: number): Promise<void> {
    const result = await attemptEvent(event, attempt);
    if (result === 'throttled') this.#schedule(event, attempt, THROTTLE_RETRY_MS);
    else if (result === 'failed' && attempt <= event.maximumRetryAttempts) {
      this.#schedule(event, attempt + 1, this.#delays[attempt - 1] ?? 0);
    } else {
      this.#count--;
      this.#bytes -= event.bytes;
      if (this.#count > 0) return;
      for (const resolve of this.#onEmpty) resolve();
      this.#onEmpty = [];
    }
  }

  #schedule(event: QueuedEvent, attempt: number, ms: number): void {
    if (this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      void this.#run(event, attempt);
    }, ms);
    this.#waiting.add(timer);
  }
}

/** Runs one attempt. An error of the endpoint is treated as a failure of the function. */
async function attemptEvent({ run }: QueuedEvent, attempt: number): Promise<AttemptResult> {
  try {
    return await run(attempt);
  } catch {
    return 'failed';
  }
}
