import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { archiveNames, unpack } from '../../../../src/local/code/zipArchive.ts';
import { zipFile } from '../../../support/zipFile.ts';

let folder: string;
let archive: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-zip-'));
  archive = join(folder, 'code.zip');
  target = join(folder, 'code');
  await mkdir(target);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (...args: Parameters<typeof zipFile>) => writeFile(archive, zipFile(...args));

describe('a ZIP file', () => {
  test('is unpacked with its folders and texts', async () => {
    const text = 'ä'.repeat(1000);
    await write(
      [
        { name: 'lib/', mode: 0o040_755 },
        { name: 'lib/äöü.js', text },
        { name: 'stored.txt', text, isStored: true },
        { name: 'empty.js' },
        { name: 'deep/er/a.py', text: 'a' },
      ],
      'a comment',
    );
    await unpack(archive, target);
    expect(await readFile(join(target, 'lib/äöü.js'), 'utf8')).toBe(text);
    expect(await readFile(join(target, 'stored.txt'), 'utf8')).toBe(text);
    expect(await readFile(join(target, 'empty.js'), 'utf8')).toBe('');
    expect(await archiveNames(archive)).toEqual(['lib/äöü.js', 'stored.txt', 'empty.js', 'deep/er/a.py']);
  });

  test('with two entries of a name has the last one', async () => {
    await write([
      { name: 'a.js', text: 'first' },
      { name: 'a.js', text: 'last' },
    ]);
    await unpack(archive, target);
    expect(await readFile(join(target, 'a.js'), 'utf8')).toBe('last');
  });

  test.skipIf(process.platform === 'win32')('leaves executable files executable', async () => {
    await write([
      { name: 'bootstrap', text: '#!/bin/sh', mode: 0o100_755 },
      { name: 'data', text: 'x' },
    ]);
    await unpack(archive, target);
    expect((await stat(join(target, 'bootstrap'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(target, 'data'))).mode & 0o777).toBe(0o600);
  });

  test('can have backslashes in its names', async () => {
    await write([{ name: String.raw`lib\a.js`, text: 'a' }]);
    await unpack(archive, target);
    expect(await readFile(join(target, 'lib/a.js'), 'utf8')).toBe('a');
  });

  test.skipIf(process.platform === 'win32')('of Python is unpacked', async () => {
    await writeFile(join(folder, 'app.py'), 'x = 1\n'.repeat(100));
    execFileSync('python3', ['-m', 'zipfile', '-c', archive, 'app.py'], { cwd: folder });
    await unpack(archive, target);
    expect(await readFile(join(target, 'app.py'), 'utf8')).toBe('x = 1\n'.repeat(100));
  });
});

describe('a ZIP file is rejected with', () => {
  test.each([
    ['a parent folder', 'outside', { name: '../outside.js' }],
    ['a parent folder in the middle', 'outside', { name: 'a/../../outside.js' }],
    ['a parent folder after a backslash', 'outside', { name: String.raw`a\..\..\outside.js` }],
    ['an absolute path', 'outside', { name: '/tmp/outside.js' }],
    ['a drive', 'outside', { name: 'C:/outside.js' }],
    ['a null character', 'outside', { name: 'a\0.js' }],
    ['a link', "isn't a file", { name: 'link', text: '/etc', mode: 0o120_777 }],
    ['a device', "isn't a file", { name: 'device', mode: 0o020_666 }],
    ['a larger file than it claims', 'size', { name: 'bomb', text: 'x'.repeat(1_000_000), claimedBytes: 10 }],
    ['a smaller file than it claims', 'size', { name: 'small', text: 'x', claimedBytes: 10 }],
    ['more than 250 MB', '250 MB', { name: 'bomb', text: 'x', claimedBytes: 262_144_001 }],
  ])('%s', async (_, reason, entry) => {
    await write([{ name: 'first.js', text: 'x' }, entry]);
    await expect(unpack(archive, target)).rejects.toThrow(reason);
    expect((await readdir(folder)).toSorted()).toEqual(['code', 'code.zip']);
    expect(await readdir(target)).not.toContain(entry.name);
  });

  test('files that have more than 250 MB together', async () => {
    await write(['a', 'b', 'c'].map((name) => ({ name, text: 'x', claimedBytes: 100_000_000 })));
    await expect(unpack(archive, target)).rejects.toThrow('250 MB');
    expect(await readdir(target)).toEqual([]);
  });

  test('another format', async () => {
    await writeFile(archive, 'x'.repeat(1000));
    await expect(unpack(archive, target)).rejects.toThrow("isn't a ZIP file");
  });

  test('a part that is missing', async () => {
    const bytes = zipFile([{ name: 'a.js', text: 'x'.repeat(100) }]);
    await writeFile(archive, bytes.subarray(20));
    await expect(unpack(archive, target)).rejects.toThrow(/invalid/);
  });

  test('an empty file', async () => {
    await writeFile(archive, '');
    await expect(unpack(archive, target)).rejects.toThrow("isn't a ZIP file");
  });
});
