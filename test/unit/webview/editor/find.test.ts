import { Text } from '@codemirror/state';
import { expect, test } from 'vitest';
import { createFindStep, firstMatchFrom, MAX_MATCHES } from '../../../../webview/editor/find/findMatches.ts';
import { EMPTY_QUERY, findPattern, type FindQuery } from '../../../../webview/editor/find/findQuery.ts';

function findAll(text: string, query: Partial<FindQuery>): { readonly found: string[]; readonly starts: number[] } {
  const matches: { starts: number[]; ends: number[] } = { starts: [], ends: [] };
  const step = createFindStep(Text.of(text.split('\n')), { ...EMPTY_QUERY, ...query }, matches);
  while (!step());
  return {
    found: matches.starts.map((start, index) => text.slice(start, matches.ends[index])),
    starts: matches.starts,
  };
}

test.each<[Partial<FindQuery>, string[]]>([
  [{ text: 'a.b' }, ['A.b', 'a.b']],
  [{ text: 'a.b', isCaseSensitive: true }, ['a.b']],
  [{ text: 'a.b', isRegExp: true }, ['A.b', 'a.b', 'axb']],
  [{ text: 'b', isWholeWord: true }, ['b', 'b']],
  [{ text: '^.', isRegExp: true }, ['A', 'é']],
  [{ text: 'É' }, ['é']],
  [{ text: 'x*', isRegExp: true }, ['x', 'x']],
  [{ text: '(', isRegExp: true }, []],
  [{ text: String.raw`\s+é`, isRegExp: true }, []],
  [{ text: '' }, []],
])('%j', (query, expected) => {
  expect(findAll('A.b a.b axbx \né', query).found).toEqual(expected);
});

test('an invalid expression is recognized', () => {
  expect(findPattern({ ...EMPTY_QUERY, text: '(', isRegExp: true })).toBe('invalid');
});

test('all parts of a large text are searched', () => {
  const text = Array.from({ length: 200_000 }, (_, line) => (line % 1000 === 7 ? 'needle' : 'hay')).join('\n');
  expect(findAll(text, { text: 'needle' }).starts).toHaveLength(200);
  expect(findAll('ab'.repeat(300_000), { text: 'ba' }).starts).toHaveLength(MAX_MATCHES);
});

test('the next match is found by its offset', () => {
  const matches = { starts: [2, 5, 9], ends: [3, 6, 10] };
  expect([0, 2, 3, 9, 10].map((offset) => firstMatchFrom(matches, offset))).toEqual([0, 0, 1, 2, 3]);
});
