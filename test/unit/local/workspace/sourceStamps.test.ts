import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, rename, rm, symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { LOCAL_DEFAULTS } from '../../../../src/core/functions/localFunctions.ts';
import { createSourceStamps } from '../../../../src/local/workspace/sourceStamps.ts';
import { nextTurn } from '../../../../src/local/workspace/watching/nextTurn.ts';
import type { WorkspaceFunction } from '../../../../src/local/workspace/workspaceFunctions.ts';
import { SOURCE_CHANGES } from '../../../support/sourceChanges.ts';
import { createWatchedFolder, inotifyWatches, type WatchedFolder } from '../../../support/watchedFolder.ts';

const isLinux = process.platform === 'linux';
const linkType = process.platform === 'win32' ? 'junction' : 'dir';

let current: WatchedFolder | undefined;

afterEach(async () => {
  await current?.close();
  current = undefined;
});

/** A function `code/index.handler` and the stamp of its code. */
async function start(options: Parameters<typeof createWatchedFolder>[0] = {}, codeUri = 'code') {
  const workspace = await createWatchedFolder(options);
  current = workspace;
  const stamps = createSourceStamps(workspace.watcher);
  const define = (root: string, builtRoot?: string): WorkspaceFunction => ({
    name: root,
    plainName: root,
    otherNames: [],
    fn: { ...LOCAL_DEFAULTS, handler: 'index.handler' },
    taskRoot: workspace.path(root),
    ...(builtRoot !== undefined && {
      builtRoot: workspace.path(builtRoot),
      build: { tool: 'sam', logicalId: 'F', properties: {}, folder: workspace.folder },
    }),
    folder: workspace.folder,
    file: '',
    notes: [],
  });
  const definition = define(codeUri, 'built');
  const stamp = () => stamps.stampOf(definition);
  /** Waits until the stamp changes, and expects that it then remains the same. */
  async function expectChange(from: string): Promise<string> {
    await expect.poll(stamp).not.toBe(from);
    return stamp();
  }
  return { ...workspace, stamps, define, stamp, expectChange };
}

describe('the source stamp changes when', () => {
  test.each(Object.entries(SOURCE_CHANGES))('%s', async (_, { change, file = 'code/index.js' }) => {
    const started = await start();
    const { write, stamp, expectChange } = started;
    await write('code/index.js', '1');
    await write('code/lib/a.js', '1');
    const before = await stamp();
    await change(started);
    const after = await expectChange(before);
    await write(file, 'another edit');
    await expectChange(after);
  });

  test('a parent of the folder is replaced', async () => {
    const { write, path, stamp, expectChange } = await start({}, 'services/a/code');
    await write('services/a/code/index.js', '1');
    await write('next/code/index.js', 'next');
    const before = await stamp();
    await rename(path('services/a'), path('services/b'));
    await rename(path('next'), path('services/a'));
    const after = await expectChange(before);
    await write('services/a/code/index.js', 'another edit');
    await expectChange(after);
  });

  test('the folder appears', async () => {
    const { write, stamp, expectChange } = await start({}, 'services/a/code');
    const before = await stamp();
    await write('services/a/code/index.js', '1');
    const after = await expectChange(before);
    await write('services/a/code/index.js', 'another edit');
    await expectChange(after);
  });

  test('the build output appears, and when the source has the handler again', async () => {
    const { write, stamp, expectChange } = await start();
    await write('code/other.js', '1');
    const before = await stamp();
    await write('built/index.js', '1');
    const built = await expectChange(before);
    await write('code/index.js', '1');
    await expectChange(built);
  });

  test('sam build writes its template again', async () => {
    const { write, stamp, expectChange } = await start();
    await write('code/index.js', '1');
    const template = '{"Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{"CodeUri":"G"}}}}';
    const before = await stamp();
    await write('.aws-sam/build/G/index.js', '1');
    await write('.aws-sam/build/template.yaml', template);
    const built = await expectChange(before);
    await write('.aws-sam/build/template.yaml', `${template}\n`);
    await expectChange(built);
  });

  test('a ZIP file with the code is replaced', async () => {
    const { write, stamp, expectChange } = await start({}, 'code.zip');
    await write('code.zip', '1');
    const before = await stamp();
    await write('code.zip', '22');
    await expectChange(before);
  });

  test('the build output of a TypeScript handler changes', async () => {
    const { write, stamp, expectChange } = await start();
    await write('code/index.ts', '1');
    await write('built/index.js', '1');
    const before = await stamp();
    await write('built/index.js', 'another edit');
    await expectChange(before);
  });

  test.skipIf(!isLinux)('the folder is created again while a process runs in the removed one', async () => {
    const { write, path, stamp, expectChange } = await start();
    await write('code/index.js', '1');
    const before = await stamp();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log(1)'], { cwd: path('code') });
    await once(child.stdout, 'data');
    await rm(path('code'), { recursive: true });
    await write('code/index.js', 'again');
    const after = await expectChange(before);
    await write('code/index.js', 'another edit');
    await expectChange(after);
    child.kill();
  });
});

describe('a link', () => {
  async function startWithLinks() {
    const started = await start();
    const { write, path } = started;
    await write('code/index.js', '1');
    await write('shared/a.js', '1');
    await write('shared2/a.js', 'two');
    await symlink(path('shared'), path('current'), linkType);
    await symlink(path('current'), path('code/shared'), linkType);
    return started;
  }

  test('to a folder: the stamp changes with the files in it', async () => {
    const { write, stamp, expectChange } = await startWithLinks();
    const before = await stamp();
    await write('shared/a.js', 'edited');
    const after = await expectChange(before);
    await write('shared/new.js');
    await expectChange(after);
  });

  test('whose target is another link: the stamp changes when that leads elsewhere', async () => {
    const { write, path, stamp, expectChange } = await startWithLinks();
    const before = await stamp();
    await symlink(path('shared2'), path('next'), linkType);
    await rm(path('current'));
    await rename(path('next'), path('current'));
    const after = await expectChange(before);
    await write('shared2/a.js', 'edited');
    await expectChange(after);
  });

  test.skipIf(process.platform === 'win32')('to a file: the stamp changes with its target', async () => {
    const { write, path, stamp, expectChange } = await startWithLinks();
    await symlink('../other/b.js', path('code/b.js'));
    const before = await stamp();
    await write('other/b.js', '1');
    const created = await expectChange(before);
    await write('other/b.js', 'edited');
    await expectChange(created);
  });
});

// Other systems report changes with a delay.
const onLinux = isLinux ? describe : () => undefined;

onLinux('a cached stamp is returned at once', () => {
  test('after files changed that handlers write', async () => {
    const { write, path, stamp } = await start();
    await write('code/index.js', '1');
    await write('code/debug.log', '1');
    await stamp();
    await appendFile(path('code/debug.log'), 'more');
    await write('code/data.sqlite-journal', 'new');
    await unlink(path('code/data.sqlite-journal'));
    await write('code/__pycache__/index.pyc', 'new');
    await write('code/node_modules/a/index.js', 'new');
    await write('code/.cache/a.js', 'new');
    await nextTurn();
    expect(stamp()).toBeTypeOf('string');
    await mkdir(path('code/new.log')); // a folder of this name may have code
    await nextTurn();
    expect(stamp()).toBeInstanceOf(Promise);
  });

  test('and a stamp with an edited file in the next turn, whenever it was saved', async () => {
    const { write, stamp } = await start();
    const stamps = new Set<string>();
    for (let edit = 0; edit < 100; edit++) {
      await write('code/index.js', 'x'.repeat(edit));
      await nextTurn();
      stamps.add(await stamp());
    }
    expect(stamps.size).toBe(100);
  });

  test('for functions with the same folder, which is searched once', async () => {
    const { write, stamps, define, path, watched } = await start();
    await write('code/lib/a.js', '1');
    const [one, two] = [define('code'), define('code', 'elsewhere')];
    expect(await stamps.stampOf(one)).toBe(await stamps.stampOf(two));
    expect(watched.filter((folder) => folder === path('code/lib'))).toHaveLength(1);
    expect(stamps.stampOf(one)).toBe(stamps.stampOf(two));
  });

  test('until the function is removed; then its folders aren’t watched anymore', async () => {
    const { write, stamps, define } = await start();
    const before = inotifyWatches();
    await write('one/lib/a.js', '1');
    await write('two/lib/a.js', '1');
    const [one, two] = [define('one'), define('two')];
    await stamps.stampOf(one);
    const withOne = inotifyWatches();
    expect(withOne - before).toBe(3);
    await stamps.stampOf(two);
    expect(inotifyWatches() - before).toBe(5);
    stamps.retain([one]);
    expect(inotifyWatches()).toBe(withOne);
    expect(stamps.stampOf(one)).toBeTypeOf('string');
    stamps.retain([]);
    expect(inotifyWatches()).toBe(before);
  });
});

describe('with fewer watches than folders', () => {
  test.each([0, 2])('%i: changes are noticed, and nothing remains watched', async (maxFolders) => {
    const count = isLinux ? inotifyWatches : () => 0;
    const before = count();
    const { write, stamp, expectChange } = await start({ maxFolders });
    await write('code/lib/deep/a.js', '1');
    const stamped = await stamp();
    await write('code/lib/deep/a.js', 'edited');
    const after = await expectChange(stamped);
    await write('code/lib/deep/b.js', 'edited');
    await expectChange(after);
    expect(count()).toBeLessThanOrEqual(before + maxFolders);
  });

  test.skipIf(!isLinux)('other functions are watched', async () => {
    const { write, stamps, define, path } = await start({ maxFolders: 3 });
    await write('code/lib/deep/a.js', '1');
    await write('small/index.js', '1');
    const [large, small] = [define('code'), define('small')];
    await stamps.stampOf(large);
    const before = await stamps.stampOf(small);
    await write(join('small', 'debug.log'));
    await nextTurn();
    expect(stamps.stampOf(small)).toBe(before);
    await rm(path('small/index.js'));
    await nextTurn();
    expect(await stamps.stampOf(small)).not.toBe(before);
  });
});
