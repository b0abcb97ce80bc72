import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newFolder, replaceSdk } from '../../../../../src/host/functions/runtimeSdk/sdkFolder.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'li-sdks-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

function install(text: string, isComplete = true): Promise<boolean> {
  const folder = newFolder(root, 'node');
  return replaceSdk(root, { language: 'node', folder }, async () => {
    await writeFile(join(folder, 'file'), text);
    return isComplete;
  });
}

const installed = () => readFile(join(root, 'node/file'), 'utf8');

test('an installation replaces the previous one and leaves nothing else', async () => {
  expect(await install('one')).toBe(true);
  expect(await installed()).toBe('one');
  expect(await install('two')).toBe(true);
  expect(await installed()).toBe('two');
  expect(await readdir(root)).toEqual(['node']);
});

test('a canceled or failed installation leaves the previous one', async () => {
  await install('one');
  expect(await install('two', false)).toBe(false);
  const folder = newFolder(root, 'node');
  const failing = () => Promise.reject(new Error('disk full'));
  await expect(replaceSdk(root, { language: 'node', folder }, failing)).rejects.toThrow('disk full');
  expect(await installed()).toBe('one');
  expect(await readdir(root)).toEqual(['node']);
});

test('the previous SDK is restored if the new one can’t take its place', async () => {
  await install('one');
  const folder = newFolder(root, 'node');
  const removing = async () => {
    await rm(folder, { recursive: true });
    return true;
  };
  await expect(replaceSdk(root, { language: 'node', folder }, removing)).rejects.toThrow('ENOENT');
  expect(await installed()).toBe('one');
  expect(await readdir(root)).toEqual(['node']);
});

test('folders of interrupted installations are removed after a day, but not those of other windows', async () => {
  const [left, current, python] = [newFolder(root, 'node'), newFolder(root, 'node'), newFolder(root, 'python')];
  for (const folder of [left, current, python]) await mkdir(folder, { recursive: true });
  const before = Date.now() / 1000 - 2 * 86_400;
  for (const folder of [left, python]) await utimes(folder, before, before);
  await install('one');
  const names = await readdir(root);
  expect(names.map((name) => join(root, name)).toSorted()).toEqual([join(root, 'node'), current, python].toSorted());
});
