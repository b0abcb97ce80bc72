import type { HistoryEntry } from './historyEntry.ts';

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;

/** Ages are shown in minutes up to this. Older entries show the time of day, which doesn't change. */
const MAX_AGE_MINUTES = 60;

/** The entries of a group: pinned ones, or those of a day. */
export interface HistoryGroup {
  readonly kind: 'pinned' | 'today' | 'yesterday' | 'date';
  /** The number of the day, for all groups but `pinned`. */
  readonly day?: number;
  /** In the order of the history. */
  readonly entries: readonly HistoryEntry[];
}

/**
 * The calendar day of a time, in the time zone of this machine, as the number of days since 1970-01-01. Consecutive days
 * have consecutive numbers, even if daylight saving time makes a day 23 or 25 hours long.
 */
export function localDay(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / MS_PER_DAY;
}

/** A time in UTC whose date is this day. */
export function utcOfDay(day: number): number {
  return day * MS_PER_DAY;
}

function kindOf(day: number, today: number): HistoryGroup['kind'] {
  if (day === today) return 'today';
  return day === today - 1 ? 'yesterday' : 'date';
}

/**
 * Groups entries by day, the latest day first, after the pinned ones. `dayOf` returns the number of the day of a time in
 * milliseconds, as `localDay` does.
 */
export function groupByDay(
  entries: readonly HistoryEntry[],
  now: number,
  dayOf: (at: number) => number = localDay,
): HistoryGroup[] {
  const today = dayOf(now);
  const pinned = entries.filter(({ isPinned }) => isPinned === true);
  const days = new Map<number, HistoryEntry[]>();
  for (const entry of entries) {
    if (entry.isPinned === true) continue;
    const day = dayOf(entry.at);
    const ofDay = days.get(day);
    if (ofDay === undefined) days.set(day, [entry]);
    else ofDay.push(entry);
  }
  const groups = [...days]
    .toSorted(([one], [other]) => other - one)
    .map(([day, ofDay]): HistoryGroup => ({ kind: kindOf(day, today), day, entries: ofDay }));
  return pinned.length === 0 ? groups : [{ kind: 'pinned', entries: pinned }, ...groups];
}

/** The age in whole minutes, or undefined after an hour. 0 for a time in the future, after the clock was changed. */
export function minutesSince(at: number, now: number): number | undefined {
  const minutes = Math.max(0, Math.floor((now - at) / MS_PER_MINUTE));
  return minutes < MAX_AGE_MINUTES ? minutes : undefined;
}
