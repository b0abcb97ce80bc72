import { expect, test } from 'vitest';
import { matchesWildcard } from '../../../../src/core/connection/matchesWildcard.ts';

/** All texts of up to `maxLength` of these characters. */
function texts(characters: string, maxLength: number): string[] {
  const all = [''];
  for (let from = 0, length = 0; length < maxLength; length++) {
    const to = all.length;
    for (; from < to; from++) for (const character of characters) all.push(`${all[from] ?? ''}${character}`);
  }
  return all;
}

function toRegExp(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'is');
}

test('matches the same texts as a regular expression', () => {
  const candidates = texts('aB.', 5);
  for (const pattern of texts('ab*.', 5)) {
    const expression = toRegExp(pattern);
    const different = candidates.filter((text) => matchesWildcard(pattern, text) !== expression.test(text));
    expect(different, pattern).toEqual([]);
  }
});

test.each([
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['**', 'a\nb', true],
  ['*-prod-*', 'orders-PROD-eu', true],
  ['1234*9012', '123456789012', true],
  ['a?c', 'abc', false],
  ['a[b]c', 'abc', false],
])('%s matches %j: %s', (pattern, text, isMatch) => {
  expect(matchesWildcard(pattern, text)).toBe(isMatch);
});
