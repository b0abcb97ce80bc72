import { describe, expect, test } from 'vitest';
import type { ChangeWatcher, OnChange } from '../../../../../src/local/workspace/watching/changeWatcher.ts';
import { createWatchedCache } from '../../../../../src/local/workspace/watching/watchedCache.ts';
import type { WatchFolder } from '../../../../../src/local/workspace/watching/watchSet.ts';

interface Options extends Partial<ChangeWatcher> {
  /** Whether loads end without the test. */
  readonly endsLoads?: boolean;
}

/** A watcher whose events the test reports, and a cache of the number of its load. */
function start({ endsLoads = false, ...options }: Options = {}) {
  const listeners = new Set<OnChange>();
  const watcher: ChangeWatcher = {
    isImmediate: true,
    reliableSince: 0,
    maxFolders: 100,
    watch: (_, onChange) => {
      listeners.add(onChange);
      return Promise.resolve({ kind: 'watched', end: () => void listeners.delete(onChange) });
    },
    close: () => undefined,
    ...options,
  };
  const loads: { readonly end: () => void; readonly fail: () => void }[] = [];
  const load = async (watch: WatchFolder) => {
    await watch('folder', (_, name) => name === 'a.js');
    return new Promise<number>((resolve, reject) => {
      const number = loads.length + 1;
      loads.push({ end: () => resolve(number), fail: () => reject(new Error(`load ${number}`)) });
      if (endsLoads) resolve(number);
    });
  };
  return {
    cache: createWatchedCache(watcher, load),
    listeners,
    loads,
    change: (name = 'a.js') => {
      for (const listener of listeners) listener('change', name);
    },
    /** Ends a load, once it has begun. */
    end: async (number: number) => {
      await expect.poll(() => loads.length).toBe(number);
      loads[number - 1]?.end();
    },
  };
}

describe('a watched value', () => {
  test('is loaded once, and again by the first call after a change', async () => {
    const { cache, end, change, loads } = start();
    const first = [cache.get(), cache.get()];
    await end(1);
    expect(await Promise.all(first.map((each) => Promise.resolve(each)))).toEqual([1, 1]);
    expect(cache.get()).toBe(1);
    change('other.log');
    expect(cache.get()).toBe(1);
    change();
    change();
    expect(loads).toHaveLength(1);
    const second = cache.get();
    await end(2);
    expect(await second).toBe(2);
    expect(cache.get()).toBe(2);
  });

  test('that changes while it is loaded is loaded again, for calls after the change', async () => {
    const { cache, end, change, loads } = start();
    const before = cache.get();
    await expect.poll(() => loads.length).toBe(1);
    change();
    const after = [cache.get(), cache.get()];
    await end(1);
    expect(await before).toBe(1);
    await end(2);
    expect(await Promise.all(after.map((each) => Promise.resolve(each)))).toEqual([2, 2]);
    expect(cache.get()).toBe(2);
  });

  test('that can’t be loaded is loaded by the next call', async () => {
    const { cache, end, loads, listeners } = start();
    const first = cache.get();
    await expect.poll(() => loads.length).toBe(1);
    loads[0]?.fail();
    await expect(first).rejects.toThrow('load 1');
    expect(listeners.size).toBe(0);
    const second = cache.get();
    await end(2);
    expect(await second).toBe(2);
  });

  test('has the watches of its last load, and none after it is closed', async () => {
    const { cache, end, change, listeners } = start();
    for (const number of [1, 2, 3]) {
      const value = cache.get();
      await end(number);
      await value;
      expect(listeners.size).toBe(1);
      change();
    }
    const last = cache.get();
    cache.close();
    expect(listeners.size).toBe(0);
    await end(4);
    await last;
    expect(listeners.size).toBe(0);
  });

  test('is refreshed only if it has changed', async () => {
    const { cache, end, change, loads } = start();
    const first = cache.get();
    await end(1);
    await first;
    expect(await cache.refresh()).toBe(1);
    expect(loads).toHaveLength(1);
    change();
    const second = cache.refresh();
    await end(2);
    expect(await second).toBe(2);
  });
});

describe.each<[string, Partial<ChangeWatcher>]>([
  ['that can’t be watched', { watch: () => Promise.resolve({ kind: 'unsupported' }) }],
  ['whose watch has only just started', { isImmediate: false, reliableSince: Infinity }],
])('a value %s', (_, options) => {
  test('is loaded again in time, and at once when it is refreshed', async () => {
    const { cache, loads } = start({ ...options, endsLoads: true });
    await expect.poll(cache.get).toBe(3);
    const count = loads.length;
    expect(await cache.refresh()).toBeGreaterThan(count);
  });
});
