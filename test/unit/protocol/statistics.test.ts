import { expect, test } from 'vitest';
import { parseFromStatistics } from '../../../src/protocol/statistics.ts';

test('the page with statistics can only ask for them, and close itself', () => {
  expect(parseFromStatistics({ type: 'ready', other: 1 })).toEqual({ type: 'ready' });
  expect(parseFromStatistics({ type: 'close' })).toEqual({ type: 'close' });
  for (const message of [undefined, 'ready', {}, { type: 'invoke' }, { type: 'constructor' }]) {
    expect(parseFromStatistics(message)).toBeUndefined();
  }
});
