import { expect, test } from 'vitest';
import type { LogLevel } from '../../../../src/core/logs/logEntry.ts';
import { matchesFilter, matchParts, type LogFilter } from '../../../../src/core/logs/logFilter.ts';
import { entriesOf, REQUEST_ID } from '../../../support/logEntries.ts';

const LOG = [
  `START RequestId: ${REQUEST_ID} Version: 1`,
  'INFO: order received',
  '{"level":"WARN","message":"stock low","sku":"A-12"}',
  'ERROR: sold out',
  '    at reserve (stock.js:31:9)',
  'panic: out of memory',
].join('\n');

function shown({
  levels = [],
  text = '',
  hasPlatform = false,
}: Partial<Omit<LogFilter, 'levels'>> & { levels?: LogLevel[] }) {
  return entriesOf(LOG)
    .filter((entry) => matchesFilter(entry, { levels: new Set(levels), text, hasPlatform }))
    .map(({ event, message }) => event ?? message.split('\n')[0]);
}

test('without a filter all entries of the function are shown', () => {
  expect(shown({})).toEqual(['order received', 'stock low', 'sold out', 'out of memory']);
  expect(shown({ hasPlatform: true })[0]).toBe('START');
});

test('levels: errors include fatal ones, and lines of the platform have none', () => {
  expect(shown({ levels: ['ERROR'], hasPlatform: true })).toEqual(['sold out', 'out of memory']);
  expect(shown({ levels: ['WARN', 'INFO'] })).toEqual(['order received', 'stock low']);
});

test('a text is searched in any case, in fields and stack traces too', () => {
  expect(shown({ text: 'STOCK' })).toEqual(['stock low', 'sold out']);
  expect(shown({ text: 'a-12' })).toEqual(['stock low']);
  expect(shown({ text: '.*' })).toEqual([]);
});

test('matches are parts of the text', () => {
  expect(matchParts('Stock of stock', 'STOCK')).toEqual([
    { text: 'Stock', isMatch: true },
    { text: ' of ', isMatch: false },
    { text: 'stock', isMatch: true },
  ]);
  expect(matchParts('abc', '')).toEqual([{ text: 'abc', isMatch: false }]);
  expect(
    matchParts('İx', 'x')
      .map(({ text }) => text)
      .join(''),
  ).toBe('İx');
});
