import { describe, expect, test } from 'vitest';
import { lazy } from '../../../../src/core/async/lazy.ts';

describe('lazy', () => {
  test('loads once, on first use', async () => {
    let loads = 0;
    const get = lazy(() => Promise.resolve(++loads));
    expect(get.current).toBeUndefined();
    expect(await Promise.all([get(), get()])).toEqual([1, 1]);
    expect(await get.current).toBe(1);
  });

  test('retries a failed load on the next use', async () => {
    let loads = 0;
    const get = lazy(() => (++loads === 1 ? Promise.reject(new Error('no')) : Promise.resolve(loads)));
    const [first, second] = [get(), get()];
    await expect(first).rejects.toThrow('no');
    await expect(second).rejects.toThrow('no');
    expect(get.current).toBeUndefined();
    expect(await get()).toBe(2);
  });
});
