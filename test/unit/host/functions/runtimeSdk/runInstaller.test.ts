import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runInstaller } from '../../../../../src/host/functions/runtimeSdk/runInstaller.ts';
import { isAlive } from '../../../../support/isAlive.ts';

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'li-installer-'));
});

afterEach(() => rm(cwd, { recursive: true, force: true }));

async function program(script: string): Promise<string> {
  const path = join(cwd, 'npm');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

function run(path: string, args: readonly string[] = [], signal = new AbortController().signal) {
  const shown: string[] = [];
  const options = {
    cwd,
    env: { PATH: '/usr/bin:/bin', ONLY: 'this' },
    signal,
    onLine: (line: string) => shown.push(line),
  };
  return { shown, result: runInstaller(path, args, options) };
}

test('the installer gets its arguments, folder and environment, and its output is passed on', async () => {
  const { result, shown } = run(await program('echo "$@"; pwd; echo "$ONLY" >&2; exit 3'), ['a b', '<=1']);
  const { code, lines } = await result;
  expect(code).toBe(3);
  expect(lines.toSorted()).toEqual([cwd, 'a b <=1', 'this'].toSorted());
  expect(shown).toEqual(lines);
});

test('a program that does not start is a failure with its reason', async () => {
  const { code, lines } = await run(join(cwd, 'nowhere')).result;
  expect(code).toBeUndefined();
  expect(lines.join('\n')).toContain('ENOENT');
});

test('canceling kills the installer and the processes it has started', async () => {
  const abort = new AbortController();
  const path = await program('sleep 600 & echo "$!" > child; echo started; wait');
  const { result, shown } = run(path, [], abort.signal);
  await expect.poll(() => shown).toEqual(['started']);
  const child = Number(await readFile(join(cwd, 'child'), 'utf8'));
  expect(isAlive(child)).toBe(true);
  abort.abort();
  expect((await result).code).toBeUndefined();
  await expect.poll(() => isAlive(child)).toBe(false);
});

test('an installer that is canceled before its start does not run', async () => {
  const { code } = await run(await program('sleep 600'), [], AbortSignal.abort()).result;
  expect(code).toBeUndefined();
});
