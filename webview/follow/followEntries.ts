import type { LogEntry, LogLevel } from '../../src/core/logs/logEntry.ts';
import type { LogFilter } from '../../src/core/logs/logFilter.ts';
import type { FollowedText } from '../../src/protocol/followMessages.ts';
import type * as bundle from '../result/index.ts';

/** The maximum number of entries. Older ones are dropped. */
export const MAX_ENTRIES = 10_000;

/** An entry of a function's log. */
export interface FollowEntry {
  readonly entry: LogEntry;
  /** The ID of its function. */
  readonly id: number;
  /** When it was written, in milliseconds since the epoch. */
  readonly time: number;
}

/** The last entries of the followed logs, and which of them match the filter. */
export class FollowEntries {
  readonly #parts: Pick<typeof bundle, 'parseLog' | 'matchesFilter' | 'filterLevel'>;
  #texts: FollowedText[] = [];
  /** The last texts that arrived while the log is paused. */
  #held: FollowedText[] = [];
  /** The number of all texts that arrived while the log is paused. */
  heldCount = 0;
  #entries: FollowEntry[] = [];
  /** The number of the first entry. Numbers stay the same when older entries are dropped. */
  #first = 0;
  /** The numbers of the entries that match the filter. */
  #shown: number[] = [];
  #filtered = 0;
  #parsing: { readonly text: FollowedText; readonly entries: Iterator<LogEntry> } | undefined;
  readonly #open = new Set<number>();
  levels: Partial<Record<LogLevel, number>> = {};
  platform = 0;
  hasDropped = false;
  filter: LogFilter;
  isPaused = false;

  constructor(parts: typeof bundle, filter: LogFilter) {
    this.#parts = parts;
    this.filter = filter;
  }

  add(texts: readonly FollowedText[]): void {
    if (this.isPaused) {
      this.heldCount += texts.length;
      this.#held = this.#bounded([...this.#held, ...texts]);
    } else this.#texts = this.#bounded([...this.#texts, ...texts]);
  }

  resume(): void {
    this.isPaused = false;
    this.heldCount = 0;
    const held = this.#held;
    this.#held = [];
    this.add(held);
  }

  setFilter(change: Partial<LogFilter>): void {
    this.filter = { ...this.filter, ...change };
    this.#shown = [];
    this.#filtered = this.#first;
  }

  clear(): void {
    this.#texts = [];
    this.#parsing = undefined;
    this.#first += this.#entries.length;
    this.#entries = [];
    this.#open.clear();
    this.levels = {};
    this.platform = 0;
    this.hasDropped = false;
    this.setFilter({});
  }

  get count(): number {
    return this.#entries.length;
  }

  get shownCount(): number {
    return this.#shown.length;
  }

  /** The entry in a row. */
  at(position: number): FollowEntry {
    const entry = this.#entries[(this.#shown[position] ?? this.#first) - this.#first];
    return entry ?? { entry: { kind: 'message', message: '', raw: '' }, id: 0, time: 0 };
  }

  /** The entries that are shown. */
  *shown(): Generator<FollowEntry> {
    for (let position = 0; position < this.#shown.length; position++) yield this.at(position);
  }

  isOpen(position: number): boolean {
    return this.#open.has(this.#shown[position] ?? -1);
  }

  setOpen(position: number, isOpen: boolean): void {
    const number = this.#shown[position] ?? -1;
    if (isOpen) this.#open.add(number);
    else this.#open.delete(number);
  }

  /** Compares the next entry with the filter, or parses another one. */
  *steps(): Generator<void> {
    for (;;) {
      const next = this.#entries[this.#filtered - this.#first];
      if (next !== undefined) {
        if (this.#parts.matchesFilter(next.entry, this.filter)) this.#shown.push(this.#filtered);
        this.#filtered++;
      } else if (!this.#parseNext()) return;
      yield;
    }
  }

  #parseNext(): boolean {
    if (this.#parsing === undefined) {
      const text = this.#texts.shift();
      if (text === undefined) return false;
      this.#parsing = { text, entries: this.#parts.parseLog(text.text) };
    }
    const { text, entries } = this.#parsing;
    const next = entries.next();
    if (next.done === true) this.#parsing = undefined;
    else {
      this.#entries.push({ entry: next.value, id: text.id, time: next.value.epochMs ?? text.time });
      this.#count(next.value, 1);
    }
    return true;
  }

  /** Drops the oldest entries. Returns how many of them were shown. */
  trim(): number {
    const excess = this.#entries.length - MAX_ENTRIES;
    if (excess <= 0) return 0;
    this.hasDropped = true;
    for (const { entry } of this.#entries.splice(0, excess)) this.#count(entry, -1);
    this.#first += excess;
    this.#filtered = Math.max(this.#filtered, this.#first);
    for (const number of this.#open) if (number < this.#first) this.#open.delete(number);
    const next = this.#shown.findIndex((number) => number >= this.#first);
    const dropped = next === -1 ? this.#shown.length : next;
    this.#shown.splice(0, dropped);
    return dropped;
  }

  #count(entry: LogEntry, change: 1 | -1): void {
    const level = this.#parts.filterLevel(entry);
    if (entry.kind === 'platform') this.platform += change;
    else if (level !== undefined) this.levels[level] = (this.levels[level] ?? 0) + change;
  }

  #bounded(texts: FollowedText[]): FollowedText[] {
    if (texts.length <= MAX_ENTRIES) return texts;
    this.hasDropped = true;
    return texts.slice(-MAX_ENTRIES);
  }
}
