import { describe, expect, test } from 'vitest';
import { changeText, joinChanges, textChange } from '../../../../src/core/text/textChange.ts';
import { random } from '../../../support/random.ts';

describe('textChange', () => {
  test.each([
    ['', '', { start: 0, end: 0, text: '' }],
    ['', 'abc', { start: 0, end: 0, text: 'abc' }],
    ['abc', '', { start: 0, end: 0, text: '' }],
    ['abc', 'abc', { start: 3, end: 0, text: '' }],
    ['abc', 'abxc', { start: 2, end: 1, text: 'x' }],
    ['aa', 'aaa', { start: 2, end: 0, text: 'a' }],
    ['abcd', 'ad', { start: 1, end: 1, text: '' }],
  ])('of %j and %j is what differs', (before, after, change) => {
    expect(textChange(before, after)).toEqual(change);
    expect(changeText(before, change)).toBe(after);
  });

  test('of the empty text replaces any text', () => {
    expect(changeText('earlier', textChange('', 'new'))).toBe('new');
  });

  test('of an edit in a large text is small', () => {
    const before = '0123456789'.repeat(600_000);
    const after = `${before.slice(0, 3_000_001)}x${before.slice(3_000_001)}`;
    expect(textChange(before, after)).toEqual({ start: 3_000_001, end: 2_999_999, text: 'x' });
  });

  test('can be joined with the next one', () => {
    const below = random(3);
    const anyText = (max: number) => Array.from({ length: below(max) }, () => 'ab{'[below(3)]).join('');
    const joined: string[] = [];
    const applied: string[] = [];
    for (let round = 0; round < 5000; round++) {
      const before = anyText(12);
      const one = textChange(before, anyText(12));
      const middle = changeText(before, one);
      const next = textChange(middle, anyText(12));
      joined.push(changeText(before, joinChanges(before, one, next)));
      applied.push(changeText(middle, next));
    }
    expect(joined).toEqual(applied);
  });

  test('leads to the other text as JSON too, also within a surrogate pair', () => {
    const characters = ['a', '\r', '\n', '😀', '😁', '\ud83d', '"'];
    const below = random(7);
    const anyText = () => Array.from({ length: below(12) }, () => characters[below(characters.length)]).join('');
    for (let round = 0; round < 5000; round++) {
      const [before, after] = [anyText(), anyText()];
      const change = JSON.parse(JSON.stringify(textChange(before, after))) as ReturnType<typeof textChange>;
      expect(changeText(before, change)).toBe(after);
    }
  });
});
