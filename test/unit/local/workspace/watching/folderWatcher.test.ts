import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFolderWatcher } from '../../../../../src/local/workspace/watching/folderWatcher.ts';
import { bundleScript } from '../../../../support/bundleScript.ts';
import { createWatchedFolder, inotifyWatches } from '../../../../support/watchedFolder.ts';

async function start(options: Parameters<typeof createFolderWatcher>[0] = {}) {
  const { path, write, close } = await createWatchedFolder();
  const watcher = createFolderWatcher(options);
  onTestFinished(async () => {
    watcher.close();
    await close();
  });
  const events: string[] = [];
  const watch = (name: string) => watcher.watch(path(name), (kind, entry) => events.push(`${name} ${kind} ${entry}`));
  return { path, write, watcher, events, watch };
}

// Only Linux reports changes immediately.
const onLinux = process.platform === 'linux' ? describe : () => undefined;

onLinux('the folder watcher', () => {
  test('has one watch per folder, which ends with its last user', async () => {
    const before = inotifyWatches();
    const { watch, path } = await start();
    mkdirSync(path('a'));
    const results = await Promise.all([watch('a'), watch('a')]);
    expect(inotifyWatches()).toBe(before + 1);
    for (const [index, result] of results.entries()) {
      if (result.kind === 'watched') result.end();
      expect(inotifyWatches()).toBe(index === 0 ? before + 1 : before);
    }
  });

  test('reports everything in all folders when the kernel may have dropped events', async () => {
    const { watch, path, events } = await start();
    mkdirSync(path('a'));
    mkdirSync(path('b'));
    writeFileSync(path('a/0'), '');
    await watch('a');
    await watch('b');
    for (let moves = 0; moves < 5000; moves++) renameSync(path(`a/${moves}`), path(`a/${moves + 1}`));
    await expect.poll(() => events).toContain('b rename undefined');
  });

  test('doesn’t watch what the system doesn’t report, and no more than its limit', async () => {
    const { watch, path, watcher } = await start({ maxFolders: 1 });
    expect(await watcher.watch('/proc/self/fdinfo', () => undefined)).toEqual({ kind: 'unsupported' });
    expect(await watch('missing')).toEqual({ kind: 'missing' });
    mkdirSync(path('a'));
    mkdirSync(path('b'));
    expect(await watch('a')).toMatchObject({ kind: 'watched' });
    expect(await watch('b')).toEqual({ kind: 'unsupported' });
    expect(await watch('a')).toMatchObject({ kind: 'watched' });
  });

  test('reports its end, and watches nothing afterwards', async () => {
    const before = inotifyWatches();
    const { watch, path, watcher, events } = await start();
    mkdirSync(path('a'));
    await watch('a');
    watcher.close();
    expect(events).toEqual(['a rename undefined']);
    expect(await watch('a')).toEqual({ kind: 'unsupported' });
    expect(inotifyWatches()).toBe(before);
  });
});

test('a watch doesn’t keep the process running', async () => {
  const { path, write } = await start();
  await write('a/index.js');
  const script = await bundleScript('watchFolder.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, path('a')]); // resolves when it has exited
  expect(stdout).toBe('watched\n');
});
