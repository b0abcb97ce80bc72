import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTreeWatcher } from '../../../../../src/local/workspace/watching/treeWatcher.ts';
import { createWatchedFolder } from '../../../../support/watchedFolder.ts';

async function start() {
  const { folder, path, close } = await createWatchedFolder();
  await mkdir(path('a/b'), { recursive: true });
  await mkdir(path('c'));
  const watcher = createTreeWatcher([folder]);
  onTestFinished(async () => {
    watcher.close();
    await close();
  });
  const events = new Set<string>();
  const watch = (name: string) =>
    watcher.watch(path(name), (kind, entry) => void events.add(`${name} ${kind} ${entry}`));
  /** Changes a file until the system reports changes: it starts to do so a little after the watch starts. */
  const expectReport = async (name: string, entry: string) => {
    await expect
      .poll(async () => {
        await writeFile(path(`${name}/${entry}`), String(Math.random()));
        return [...events].filter((event) => event.endsWith(entry));
      })
      .not.toEqual([]);
  };
  return { folder, path, watcher, events, watch, expectReport };
}

test('a watch of a workspace folder reports changes to the folders below', async () => {
  const { path, events, watch, expectReport } = await start();
  expect(await watch('a/b')).toMatchObject({ kind: 'watched' });
  expect(await watch('c')).toMatchObject({ kind: 'watched' });
  await expectReport('a/b', 'x.js');
  await expectReport('c', 'y.js');
  await rename(path('a/b/x.js'), path('a/b/z.js'));
  await expect.poll(() => [...events]).toContain('a/b rename z.js');
  expect([...events].filter((event) => /^a\/b .*y\.js|^c .*[xz]\.js/.test(event))).toEqual([]);
});

test('the end of a watch ends its reports', async () => {
  const { path, events, watch, expectReport } = await start();
  const result = await watch('a/b');
  await watch('c');
  await expectReport('a/b', 'x.js');
  if (result.kind === 'watched') result.end();
  await expectReport('c', 'y.js'); // reports what was changed before
  events.clear();
  await writeFile(path('a/b/x.js'), 'edited');
  await expectReport('c', 'z.js');
  expect([...events].filter((event) => event.startsWith('a/b'))).toEqual([]);
});

test('other folders and missing folders aren’t watched, and nothing is after the end', async () => {
  const { folder, watcher, watch } = await start();
  expect(await watcher.watch(dirname(folder), () => undefined)).toEqual({ kind: 'unsupported' });
  expect(await watch('missing')).toEqual({ kind: 'missing' });
  await watch('a');
  watcher.close();
  expect(await watch('a')).toEqual({ kind: 'unsupported' });
});

test('values that were read before the system reports changes aren’t relied upon', async () => {
  const { watcher, watch } = await start();
  expect(watcher.reliableSince).toBe(Infinity);
  await watch('a');
  expect(watcher.reliableSince).toBeGreaterThan(performance.now());
  expect(watcher.reliableSince).toBeLessThan(Infinity);
});
