import { rename } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createTemplateSearch } from '../../../../../src/local/workspace/search/templateSearch.ts';
import { createWatchedCache } from '../../../../../src/local/workspace/watching/watchedCache.ts';
import { createWorkspaceFunctions } from '../../../../../src/local/workspace/workspaceFunctions.ts';
import { samTemplate } from '../../../../support/templateTexts.ts';
import { createWatchedFolder, type WatchedFolder } from '../../../../support/watchedFolder.ts';

let current: WatchedFolder | undefined;

afterEach(async () => {
  await current?.close();
  current = undefined;
});

interface StartOptions {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly maxFolders?: number;
}

async function start(files: Readonly<Record<string, string>>, options: StartOptions = {}) {
  const { include = [], exclude = [], ...watchOptions } = options;
  const workspace = await createWatchedFolder(watchOptions);
  current = workspace;
  for (const [name, text] of Object.entries(files)) await workspace.write(name, text);
  const functions = createWorkspaceFunctions([workspace.folder], {
    watcher: workspace.watcher,
    patterns: { include, exclude },
  });
  return {
    ...workspace,
    ...functions,
    names: async () => (await functions.list()).functions.map(({ name }) => name).toSorted(),
    problems: async () => (await functions.list()).problems.map(({ code, args }) => [code, ...args]),
  };
}

describe('functions are found in', () => {
  test.each([
    'templates/api.yaml',
    'shoppingcart-service.yml',
    'stack.json',
    'template-dev.yaml',
    'cloudformation/orders.template',
    'src/Shop/serverless.template',
    'a/b/c/d/e/f/g/h/i/j/template.yaml',
    'cdk.out/Shop.template.json',
    'infra/cdk.out/assembly-Prod/Shop.template.json',
    '.template.yaml',
  ])('%s', async (file) => {
    const { names, problems } = await start({ [file]: samTemplate('F') });
    expect(await names()).toEqual(['F']);
    expect(await problems()).toEqual([]);
  });
});

describe('no functions are found, and no problems reported, in', () => {
  test.each([
    ['node_modules/x/template.yaml', samTemplate('F')],
    ['.aws-sam/build/template.yaml', samTemplate('F')],
    ['.serverless/template.json', samTemplate('F')],
    ['dist/template.yaml', samTemplate('F')],
    ['cdk.out/asset.1234/template.yaml', samTemplate('F')],
    ['cdk.out/tree.json', samTemplate('F')],
    ['template.txt', samTemplate('F')],
    ['package.json', '{"name":"x"}'],
    ['broken.json', '{"Resources":'],
    ['notes.yaml', 'text: about AWS::Lambda::Function\n: : :'],
    ['large.json', `{"x":"${'x'.repeat(1_000_000)}","Resources":${samTemplate('F')}}`],
  ])('%s', async (file, text) => {
    const { names, problems } = await start({ [file]: text });
    expect(await names()).toEqual([]);
    expect(await problems()).toEqual([]);
  });
});

test('patterns add and exclude files', async () => {
  const files = {
    'dist/out.yaml': samTemplate('Built'),
    'dist/node_modules/a.yaml': samTemplate('Package'),
    '.infra/deep/api.json': samTemplate('Hidden'),
    'stack.tmpl': samTemplate('Other'),
    'test/template.yaml': samTemplate('Test'),
    'a/skipped.yaml': samTemplate('Skipped'),
    'a/template.yaml': samTemplate('A'),
  };
  const { names } = await start(files, {
    include: ['dist/**', '.infra/**/*.json', '*.tmpl'],
    exclude: ['**/test', '**/skipped.yaml'],
  });
  expect(await names()).toEqual(['A', 'Built', 'Hidden', 'Other']);
});

describe('the folder is named where the search stops because of', () => {
  async function problemsWith(limits: { readonly depth: number; readonly entries: number }, names: readonly string[]) {
    const workspace = await createWatchedFolder();
    current = workspace;
    for (const name of names) await workspace.write(name);
    const search = createTemplateSearch(
      { root: workspace.folder, otherRoots: [], patterns: { include: [], exclude: [] } },
      workspace.watcher,
      limits,
    );
    const { problems } = await createWatchedCache(workspace.watcher, (_, use) => search(use)).get();
    return problems.map(({ code, args }) => [code, ...args]);
  }

  test('its depth', async () => {
    expect(await problemsWith({ depth: 2, entries: 100 }, ['a/b/c/d/x.yaml'])).toEqual([['searchTooDeep', 2, 'a/b/c']]);
    expect(await problemsWith({ depth: 3, entries: 100 }, ['a/b/c/x.yaml'])).toEqual([]);
  });

  test('the number of entries', async () => {
    expect(await problemsWith({ depth: 9, entries: 3 }, ['a/1', 'a/2', 'b/3'])).toEqual([['searchTooLarge', 3, 'a']]);
  });

  test('the number of YAML and JSON files in one folder', async () => {
    const names = Array.from({ length: 2001 }, (_, index) => `data/${index}.json`);
    expect(await problemsWith({ depth: 9, entries: 9999 }, names)).toEqual([['searchTooManyFiles', 2000, 'data']]);
  });
});

test('a workspace folder in another one is searched once', async () => {
  const { folder, path, watcher } = await start({
    'template.yaml': samTemplate('Outer'),
    'packages/a/template.yaml': samTemplate('Inner'),
  });
  const { list } = createWorkspaceFunctions([folder, path('packages/a')], { watcher });
  const { functions } = await list();
  expect(functions.map((each) => [each.name, each.folder])).toEqual([
    ['Outer', folder],
    ['Inner', path('packages/a')],
  ]);
});

test('a file becomes a template, and is none anymore', async () => {
  const { write, names } = await start({ 'a/b/data.json': '{}' });
  expect(await names()).toEqual([]);
  await write('a/b/data.json', samTemplate('F'));
  await expect.poll(names).toEqual(['F']);
  await write('a/b/data.json', '{}');
  await expect.poll(names).toEqual([]);
});

test('changes are noticed in folders beyond those that can be watched', async () => {
  const { write, names } = await start({ 'a/b/c/d/x.yaml': samTemplate('F') }, { maxFolders: 4 });
  expect(await names()).toEqual(['F']);
  await write('a/b/c/d/x.yaml', samTemplate('G'));
  await expect.poll(names).toEqual(['G']);
  await write('a/b/c/d/e/f/y.yaml', samTemplate('H'));
  await expect.poll(names).toEqual(['G', 'H']);
});

test.skipIf(process.platform === 'win32')('a folder takes the place of another one', async () => {
  const { write, path, names } = await start({
    'a/b/c/x.yaml': samTemplate('Old'),
    '.other/b/c/x.yaml': samTemplate('New'),
  });
  expect(await names()).toEqual(['Old']);
  await rename(path('a'), path('.before'));
  await rename(path('.other'), path('a'));
  await expect.poll(names).toEqual(['New']);
  await write('a/b/c/x.yaml', samTemplate('Edited'));
  await expect.poll(names).toEqual(['Edited']);
});

test('files that aren’t templates can change without any template being read again', async () => {
  const { write, list, folder } = await start({ 'a/template.yaml': samTemplate('F'), 'a/data.json': '{}' });
  const before = await list();
  await write('a/data.json', '{"written":"by a handler"}');
  await expect.poll(list).not.toBe(before);
  expect((await list()).functions).toEqual(before.functions);
  expect((await list()).functions[0]).toBe(before.functions[0]);
  expect((await list()).functions[0]?.folder).toBe(folder);
});
