import type { LogEvent } from '../../core/logs/logEvent.ts';

/** An event of Live Tail, which has no ID. */
export type LiveEvent = Omit<LogEvent, 'id'>;

/** The same text can be logged twice in a millisecond, so events are counted. */
function keyOf({ logGroup, logStream, timestamp, message }: LiveEvent): string {
  return JSON.stringify([logGroup, logStream, timestamp, message]);
}

/** Matches events that Live Tail and a read have both returned, in any order, so that each is shown once. */
export class GapEvents {
  /** The number of equal events that only Live Tail has returned so far. Negative: only the read. */
  readonly #counts = new Map<string, number>();

  /** The events of Live Tail that the read hasn't returned. */
  addLive(events: readonly LiveEvent[]): LiveEvent[] {
    return events.filter((event) => this.#count(event, 1) > 0);
  }

  /** The events of the read that Live Tail hasn't returned. */
  addRead(events: readonly LiveEvent[]): LiveEvent[] {
    return events.filter((event) => this.#count(event, -1) < 0);
  }

  clear(): void {
    this.#counts.clear();
  }

  #count(event: LiveEvent, change: 1 | -1): number {
    const key = keyOf(event);
    const count = (this.#counts.get(key) ?? 0) + change;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
    return count;
  }
}
