import { afterEach, describe, expect, test } from 'vitest';
import { groupByDay, localDay, minutesSince, utcOfDay } from '../../../../src/core/history/historyDays.ts';
import { historyEntry } from '../../../support/historyEntry.ts';

const { TZ } = process.env;
const MINUTE = 60_000;

afterEach(() => {
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
});

/** The groups of entries that ended at these times. */
function groups(now: string, ...times: readonly string[]) {
  const entries = times.map((at) => historyEntry({ invocationId: at, at: Date.parse(at) }));
  return groupByDay(entries, Date.parse(now)).map(({ kind, entries: ofDay }) => [
    kind,
    ...ofDay.map(({ invocationId }) => invocationId),
  ]);
}

describe('days', () => {
  test('entries are grouped by local day, the latest first', () => {
    process.env['TZ'] = 'UTC';
    expect(
      groups(
        '2026-11-27T12:00Z',
        '2026-11-27T11:00Z',
        '2026-11-27T00:00Z',
        '2026-11-26T23:59Z',
        '2026-11-20T08:00Z',
        '2026-11-19T08:00Z',
      ),
    ).toEqual([
      ['today', '2026-11-27T11:00Z', '2026-11-27T00:00Z'],
      ['yesterday', '2026-11-26T23:59Z'],
      ['date', '2026-11-20T08:00Z'],
      ['date', '2026-11-19T08:00Z'],
    ]);
  });

  test.each([
    // 13:00 in UTC is 02:00 of the next day in Auckland, and 05:00 in Los Angeles.
    ['Pacific/Auckland', '2026-11-27T11:00Z', 'today'],
    ['Pacific/Auckland', '2026-11-27T10:59Z', 'yesterday'],
    ['UTC', '2026-11-27T00:00Z', 'today'],
    ['UTC', '2026-11-26T23:59Z', 'yesterday'],
    ['America/Los_Angeles', '2026-11-27T08:00Z', 'today'],
    ['America/Los_Angeles', '2026-11-27T07:59Z', 'yesterday'],
  ])('midnight is that of %s (%s)', (zone, time, kind) => {
    process.env['TZ'] = zone;
    expect(groups('2026-11-27T13:00Z', time)).toEqual([[kind, time]]);
  });
});

describe('daylight saving time', () => {
  // Berlin: 29 March has 23 hours, 25 October 25.
  test.each([
    ['after 23 hours', '2026-03-29T22:00Z', '2026-03-28T23:00Z', 'yesterday'],
    ['before a day of 23 hours', '2026-03-29T22:00Z', '2026-03-28T22:59Z', 'date'],
    ['after 25 hours', '2026-10-25T23:00Z', '2026-10-24T22:00Z', 'yesterday'],
    ['before a day of 25 hours', '2026-10-25T23:00Z', '2026-10-24T21:59Z', 'date'],
    ['in the first pass through a repeated hour', '2026-10-25T12:00Z', '2026-10-25T00:30Z', 'today'],
    ['in the second pass through a repeated hour', '2026-10-25T12:00Z', '2026-10-25T01:30Z', 'today'],
    ['more than 24 hours ago, today', '2026-10-25T22:59Z', '2026-10-24T22:00Z', 'today'],
  ])('is taken into account %s', (_, now, time, kind) => {
    process.env['TZ'] = 'Europe/Berlin';
    expect(groups(now, time)).toEqual([[kind, time]]);
  });

  test('does not affect the end of a year', () => {
    process.env['TZ'] = 'Europe/Berlin';
    expect(localDay(Date.parse('2026-12-31T23:00Z')) - localDay(Date.parse('2026-12-31T22:59Z'))).toBe(1);
  });
});

test('pinned entries come first, and not again under their day', () => {
  const entry = historyEntry({ invocationId: 'a', at: 0 });
  const grouped = groupByDay([historyEntry({ invocationId: 'b', at: 1 }), { ...entry, isPinned: true }], 2);
  expect(grouped.map(({ kind, entries }) => [kind, ...entries.map(({ invocationId }) => invocationId)])).toEqual([
    ['pinned', 'a'],
    ['today', 'b'],
  ]);
});

test('an entry of a future day, after the clock was changed, has its own group', () => {
  process.env['TZ'] = 'UTC';
  expect(groups('2026-11-27T12:00Z', '2026-11-29T12:00Z', '2026-11-27T12:00Z').map(([kind]) => kind)).toEqual([
    'date',
    'today',
  ]);
});

test('the number of a day is that of its date in UTC', () => {
  process.env['TZ'] = 'Asia/Tokyo';
  expect(new Date(utcOfDay(localDay(Date.parse('2026-11-26T15:00Z')))).toISOString()).toBe('2026-11-27T00:00:00.000Z');
});

test('ages are in whole minutes for an hour', () => {
  const ages = [0, MINUTE - 1, MINUTE, 59.9 * MINUTE, 60 * MINUTE, -MINUTE].map((age) => minutesSince(0, age));
  expect(ages).toEqual([0, 0, 1, 59, undefined, 0]);
});
