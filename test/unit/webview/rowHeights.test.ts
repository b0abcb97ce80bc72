import { expect, test } from 'vitest';
import { RowHeights } from '../../../webview/log/rowHeights.ts';

test('offsets and positions take the heights of expanded rows into account', () => {
  const heights = new RowHeights();
  heights.base = 10;
  expect(heights.set(2, 35)).toBe(true);
  expect(heights.set(2, 35)).toBe(false);
  heights.set(5, 110);
  expect([0, 2, 3, 5, 6, 9].map((position) => heights.offset(position))).toEqual([0, 20, 55, 75, 185, 215]);
  expect([0, 19, 20, 54, 55, 74, 75, 184, 185, 215].map((offset) => heights.positionAt(offset))).toEqual([
    0, 1, 2, 2, 3, 4, 5, 5, 6, 9,
  ]);
  heights.reset(2);
  expect(heights.offset(3)).toBe(30);
  heights.clear();
  expect(heights.positionAt(75)).toBe(7);
});
