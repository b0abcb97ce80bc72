import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectorFlags, typeScriptFlags } from '../../../../src/local/runtimes/nodeFlags.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-node-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** A program that reports this version. */
async function nodeOf(version: string): Promise<string> {
  const path = join(folder, version);
  await writeFile(path, `#!/bin/sh\necho ${version}\n`);
  await chmod(path, 0o755);
  return path;
}

test.each([
  ['v18.20.8', '--inspect-brk'],
  ['v20.14.0', '--inspect-brk'],
  ['v20.15.0', '--inspect-wait'],
  ['v21.7.3', '--inspect-brk'],
  ['v22.1.0', '--inspect-brk'],
  ['v22.2.0', '--inspect-wait'],
  ['v23.0.0', '--inspect-wait'],
  ['v24.1.0', '--inspect-wait'],
  ['unknown', '--inspect-brk'],
])('Node.js %s waits for a debugger with %s', async (version, flag) => {
  expect(await inspectorFlags(await nodeOf(version))).toEqual([`${flag}=127.0.0.1:0`, '--inspect-publish-uid=stderr']);
});

test('a program that doesn’t start gets the flag that all versions have', async () => {
  expect((await inspectorFlags(join(folder, 'missing')))[0]).toBe('--inspect-brk=127.0.0.1:0');
});

test.each([
  ['v20.20.2', undefined],
  ['v22.5.1', undefined],
  ['v22.6.0', ['--experimental-strip-types', '--no-warnings']],
  ['v22.18.0', []],
  ['v23.5.0', ['--experimental-strip-types', '--no-warnings']],
  ['v23.6.0', []],
  ['v24.0.0', []],
])('Node.js %s runs TypeScript with the flags %j', async (version, flags) => {
  expect(await typeScriptFlags(await nodeOf(version))).toEqual(flags);
});
