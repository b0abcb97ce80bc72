import { afterEach, describe, expect, test } from 'vitest';
import { createWatchedCache } from '../../../../../src/local/workspace/watching/watchedCache.ts';
import { createWatchedFolder, type WatchedFolder } from '../../../../support/watchedFolder.ts';

let current: WatchedFolder | undefined;

afterEach(async () => {
  await current?.close();
  current = undefined;
});

/** A value for each of two folders, and one derived from both. Each is the number of its loads. */
async function start(options: Parameters<typeof createWatchedFolder>[0] = {}) {
  current = await createWatchedFolder(options);
  const { watcher, path, write } = current;
  await write('a/x');
  await write('b/x');
  const loads = { a: 0, b: 0, both: 0 };
  const [a, b] = (['a', 'b'] as const).map((name) =>
    createWatchedCache(watcher, async (watch) => {
      await watch(path(name), () => true);
      return ++loads[name];
    }),
  );
  if (a === undefined || b === undefined) throw new Error('no values');
  const both = createWatchedCache(watcher, async (_, use) => {
    loads.both++;
    return `${await use(a)} ${await use(b)}`;
  });
  return { write, both, a, loads };
}

describe('a value that is derived from others', () => {
  test('is loaded again when one of them changes, and the others aren’t', async () => {
    const { write, both, loads } = await start();
    expect(await both.get()).toBe('1 1');
    await write('b/x', 'changed');
    await expect.poll(() => both.get()).toMatch(/^1 [2-9]$/);
    expect(loads.a).toBe(1);
  });

  test('is loaded again if one of them changed before it was used', async () => {
    const { write, both, a } = await start();
    await a.get();
    await both.get();
    await write('a/x', 'changed');
    await a.refresh();
    await expect.poll(() => both.get()).toMatch(/^[2-9] 1$/);
  });

  test('is as current as values that can’t be watched', async () => {
    const { both, loads } = await start({ maxFolders: 0 });
    expect(await both.get()).toBe('1 1');
    expect(await both.refresh()).toBe('2 2');
    expect(loads.both).toBe(2);
  });

  test('doesn’t follow values that its last load didn’t use', async () => {
    current = await createWatchedFolder();
    const { watcher, path, write } = current;
    await write('a/x');
    let loads = 0;
    const a = createWatchedCache(watcher, (watch) => watch(path('a'), () => true));
    const derived = createWatchedCache(watcher, async (watch, use) => {
      await watch(path('.'), (_, name) => name === 'again');
      if (++loads === 1) await use(a);
      return loads;
    });
    expect(await derived.get()).toBe(1);
    await write('again');
    await expect.poll(() => derived.get()).toBe(2);
    await write('a/x', 'changed');
    await expect.poll(() => a.isDirty()).toBe(true);
    expect(derived.isDirty()).toBe(false);
  });
});
