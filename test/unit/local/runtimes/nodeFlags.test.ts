import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  compiledFlags,
  inspectorFlags,
  moduleFlags,
  typeScriptFlags,
} from '../../../../src/local/runtimes/nodeFlags.ts';

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

const NO_REQUIRE = '--no-experimental-require-module';
const NO_DETECT = '--no-experimental-detect-module';
const REQUIRE = '--experimental-require-module';
const DETECT = '--experimental-detect-module';
const QUIET = '--disable-warning=ExperimentalWarning';

test.each([
  ['v18.20.8', [], []],
  ['v20.9.0', [], []],
  ['v20.10.0', [], [DETECT]],
  ['v20.16.0', [], [DETECT, QUIET]],
  ['v20.17.0', [], [REQUIRE, DETECT, QUIET]],
  ['v20.19.0', [NO_REQUIRE, NO_DETECT], []],
  ['v21.7.3', [], [DETECT, QUIET]],
  ['v22.0.0', [], [REQUIRE, DETECT, QUIET]],
  ['v22.7.0', [NO_DETECT], [REQUIRE, QUIET]],
  ['v22.12.0', [NO_REQUIRE, NO_DETECT], []],
  ['v23.0.0', [NO_REQUIRE, NO_DETECT], []],
  ['v24.1.0', [NO_REQUIRE, NO_DETECT], []],
  ['unknown', [], []],
])('Node.js %s loads modules as nodejs20.x and nodejs22.x with the flags %j, as nodejs24.x with %j', async (...row) => {
  const [version, until22, since24] = row;
  const node = await nodeOf(version);
  const flagsOf = (runtime: string) => moduleFlags(node, { runtime, environment: {} });
  expect(await flagsOf('nodejs20.x')).toEqual(until22);
  expect(await flagsOf('nodejs22.x')).toEqual(until22);
  expect(await flagsOf('nodejs24.x')).toEqual(since24);
  expect(await flagsOf('nodejs26.x')).toEqual(since24);
});

test.each([
  ['--experimental-require-module', [NO_DETECT]],
  ['--max-old-space-size=99 --experimental-detect-module', [NO_REQUIRE]],
  ['--no-experimental-require-module', [NO_DETECT]],
  ['--enable-source-maps', [NO_REQUIRE, NO_DETECT]],
])('the function’s NODE_OPTIONS take precedence: %s', async (options, flags) => {
  const fn = { runtime: 'nodejs22.x', environment: { NODE_OPTIONS: options } };
  expect(await moduleFlags(await nodeOf('v22.12.0'), fn)).toEqual(flags);
});

test.each([
  ['v20.16.0', [DETECT, QUIET]],
  ['v20.20.2', [QUIET]],
  ['v22.11.0', [REQUIRE, QUIET]],
  ['v24.0.0', [QUIET]],
])('Node.js %s runs compiled TypeScript with the flags %j', async (version, flags) => {
  expect(await compiledFlags(await nodeOf(version), { environment: {} })).toEqual(flags);
});
