import type { LogEvent } from '../../core/logs/logEvent.ts';

interface SeenLimits {
  /** How late an event may arrive, in milliseconds. */
  readonly overlapMs: number;
  readonly maxIds: number;
}

/**
 * The events of a log group that were shown, within a window that moves with the newest one. The window is based on
 * CloudWatch's ingestion times, because the clock of this machine can be wrong and times of events can be in the
 * future.
 */
export class SeenEvents {
  readonly #limits: SeenLimits;
  /** The timestamps of events by their IDs. All of them are in the window. */
  readonly #timestamps = new Map<string, number>();
  #start: number;
  #newestIngestion = -Infinity;

  constructor(startTime: number, limits: SeenLimits) {
    this.#start = startTime;
    this.#limits = limits;
  }

  /** The start of the window: older events aren't read again. In milliseconds since the epoch. */
  get start(): number {
    return this.#start;
  }

  /** The start of a shorter window, for events that are at most `ms` milliseconds late. */
  startWithin(ms: number): number {
    return Math.max(this.#start, this.#newestIngestion - ms);
  }

  /** Remembers events, and returns those that weren't known. */
  add(events: readonly LogEvent[]): readonly LogEvent[] {
    const added = events.filter(({ id, timestamp, ingestionTime = -Infinity }) => {
      this.#newestIngestion = Math.max(this.#newestIngestion, ingestionTime);
      if (timestamp < this.#start || this.#timestamps.has(id)) return false;
      this.#timestamps.set(id, timestamp);
      return true;
    });
    if (this.#timestamps.size > this.#limits.maxIds) this.#dropOldest();
    return added;
  }

  /** Moves the window after everything in it was read, or everything up to `readTo`. */
  move(readTo = Infinity): void {
    const start = Math.min(this.#newestIngestion - this.#limits.overlapMs, readTo);
    if (start > this.#start) this.#moveTo(start);
  }

  #moveTo(start: number): void {
    this.#start = start;
    for (const [id, timestamp] of this.#timestamps) if (timestamp < start) this.#timestamps.delete(id);
  }

  /** Events that are later than the rest of the window are lost then, but none is shown twice. */
  #dropOldest(): void {
    const timestamps = Float64Array.from(this.#timestamps.values()).sort();
    this.#moveTo((timestamps[Math.floor(timestamps.length / 4)] ?? this.#start) + 1);
  }
}
