import { rename, rm, symlink, unlink } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { nextTurn } from '../../../../src/local/workspace/watching/nextTurn.ts';
import { createWorkspaceFunctions } from '../../../../src/local/workspace/workspaceFunctions.ts';
import { createWatchedFolder, type WatchedFolder } from '../../../support/watchedFolder.ts';

const PRESETS = '.vscode/lambda-invoke.json';

let current: WatchedFolder | undefined;

afterEach(async () => {
  await current?.close();
  current = undefined;
});

const template = (name: string, handler = 'a.b') =>
  `Resources: { ${name}: { Type: AWS::Serverless::Function, Properties: { Handler: ${handler}, Runtime: nodejs20.x } } }`;

const presets = (...names: string[]) =>
  JSON.stringify({ localFunctions: Object.fromEntries(names.map((name) => [name, { handler: 'a.b' }])) });

async function start(options: Parameters<typeof createWatchedFolder>[0] = {}) {
  const workspace = await createWatchedFolder(options);
  current = workspace;
  const { folder, watcher, watched } = workspace;
  const functions = createWorkspaceFunctions([folder], { watcher });
  const names = async () => (await functions.list()).functions.map(({ name }) => name).toSorted();
  return {
    ...workspace,
    ...functions,
    names,
    /** How often the folder was searched or its template was read. */
    reads: () => watched.filter((each) => each === workspace.path('services')).length,
  };
}

type Started = Awaited<ReturnType<typeof start>>;

describe('functions are listed when', () => {
  test.each<[string, (started: Started) => Promise<void>, string[]]>([
    ['a template is edited', ({ write }) => write('services/template.yaml', template('B')), ['B', 'P']],
    ['a template is added', ({ write }) => write('services/sam.yaml', template('B')), ['A', 'B', 'P']],
    [
      'a template is added in a new folder',
      ({ write }) => write('services/b/template.yaml', template('B')),
      ['A', 'B', 'P'],
    ],
    ['a template is removed', ({ path }) => unlink(path('services/template.yaml')), ['P']],
    ['a template is renamed', ({ path }) => rename(path('services/template.yaml'), path('services/other.txt')), ['P']],
    ['a folder is removed', ({ path }) => rm(path('services'), { recursive: true }), ['P']],
    ['the presets are edited', ({ write }) => write(PRESETS, presets('P', 'Q')), ['A', 'P', 'Q']],
    ['the presets are removed', ({ path }) => rm(path('.vscode'), { recursive: true }), ['A']],
  ])('%s', async (_, change, expected) => {
    const started = await start();
    await started.write('services/template.yaml', template('A'));
    await started.write(PRESETS, presets('P'));
    expect(await started.names()).toEqual(['A', 'P']);
    await change(started);
    await expect.poll(started.names).toEqual(expected);
    await started.write(PRESETS, presets('Again'));
    await expect.poll(started.names).toContain('Again');
  });

  test('the presets and their folder appear', async () => {
    const { write, names } = await start();
    expect(await names()).toEqual([]);
    await write(PRESETS, presets('P'));
    await expect.poll(names).toEqual(['P']);
  });

  test.skipIf(process.platform === 'win32')('a linked template is edited', async () => {
    const { write, path, names } = await start();
    await write('.hidden/shared.yaml', template('A'));
    await symlink('.hidden/shared.yaml', path('template.yaml'));
    expect(await names()).toEqual(['A']);
    await write('.hidden/shared.yaml', template('B'));
    await expect.poll(names).toEqual(['B']);
  });

  test('nothing can be watched', async () => {
    const { write, names, find } = await start({ maxFolders: 0 });
    expect(await names()).toEqual([]);
    await write('services/template.yaml', template('A'));
    expect(await find('A')).toBeDefined();
    await write('services/template.yaml', template('B'));
    await expect.poll(names).toEqual(['B']);
  });
});

test('a definition is the same object as long as its file is unchanged', async () => {
  const { write, find } = await start();
  await write('a/template.yaml', template('A'));
  await write('b/template.yaml', template('B'));
  await write(PRESETS, presets('P'));
  const [a, b, p] = [await find('A'), await find('B'), await find('P')];
  await write('b/template.yaml', template('B', 'edited.b'));
  await expect.poll(async () => (await find('B'))?.fn.handler).toBe('edited.b');
  expect(await find('A')).toBe(a);
  expect(await find('P')).toBe(p);
  expect(await find('B')).not.toBe(b);
});

test('a function is found by its name before another one by its other name', async () => {
  const { write, find } = await start();
  const named = (id: string, name: string) =>
    `  ${id}: { Type: AWS::Serverless::Function, Properties: { FunctionName: ${name}, Handler: ${id}.b, Runtime: nodejs20.x } }`;
  await write('template.yaml', `Resources:\n${named('Other', 'Named')}\n${named('Named', 'Third')}`);
  expect((await find('Named'))?.fn.handler).toBe('Other.b');
  expect((await find('Third'))?.fn.handler).toBe('Named.b');
});

// Other systems report changes with a delay.
const onLinux = process.platform === 'linux' ? describe : () => undefined;

onLinux('without a change', () => {
  test('the workspace isn’t searched again, not even for unknown names', async () => {
    const { write, list, find, refresh, reads } = await start();
    await write('services/template.yaml', template('A'));
    const listing = await list();
    const readsBefore = reads();
    expect(list()).toBe(listing);
    expect(find('A')).toBe(listing.functions[0]);
    for (const name of ['X', 'Y', 'Z']) expect(await find(name)).toBeUndefined();
    expect(await refresh()).toBe(listing);
    await write('services/app.log', 'written by a handler');
    await write('services/tmp-1', 'written by a handler');
    await write('services/node_modules/a/template.yaml', template('B'));
    await write('services/.aws-sam/build/template.yaml', template('B'));
    await nextTurn();
    expect(list()).toBe(listing);
    expect(reads()).toBe(readsBefore);
  });

  test('an unknown name is found in the next turn after it was added', async () => {
    const { write, list, find } = await start();
    await list();
    for (let added = 0; added < 50; added++) {
      await write('services/template.yaml', template(`F${added}`));
      expect(await find(`F${added}`)).toBeDefined();
    }
  });
});
