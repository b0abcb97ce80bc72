import { expect, test } from 'vitest';
import { createButtonClicks, DOUBLE_CLICK_MS } from '../../../../src/host/ui/buttonClicks.ts';

test('all clicks of a double or triple click follow the first one, and a click on another row doesn’t', () => {
  let now = 0;
  const isFollowing = createButtonClicks(() => now);
  const click = (row: string, at: number) => {
    now = at;
    return isFollowing(row);
  };
  const pause = DOUBLE_CLICK_MS - 1;
  expect([click('a', 0), click('a', pause), click('a', 2 * pause), click('b', 2 * pause + 1)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(click('b', 2 * pause + 1 + DOUBLE_CLICK_MS)).toBe(false);
});
