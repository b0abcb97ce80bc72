import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { withFileLock } from '../../../../src/host/files/fileLock.ts';
import { bundleScript } from '../../../support/bundleScript.ts';

const PROCESSES = 8;
const ROUNDS = 40;

let script: string;
let folder: string;
let locks: string;
let file: string;
let lock: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  script = await bundleScript('lockContender.ts');
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-lock-'));
  locks = join(folder, 'locks');
  file = join(folder, 'file');
  lock = join(locks, `${createHash('sha256').update(file).digest('hex').slice(0, 16)}.lock`);
  await mkdir(locks);
  await writeFile(file, '0');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

afterAll(() => rm(dirname(script), { recursive: true, force: true }));

/** Creates the lock of a process that crashed. */
async function createStaleLock(ageMs = 60_000): Promise<void> {
  await writeFile(lock, 'left behind');
  const then = (Date.now() - ageMs) / 1000;
  await utimes(lock, then, then);
}

async function runContenders(rounds: number, before: () => Promise<void>): Promise<string[]> {
  for (let index = 0; index < PROCESSES; index++) children.push(fork(script, [locks, file]));
  await Promise.all(children.map((child) => once(child, 'message')));
  const results: string[] = [];
  for (let round = 0; round < rounds; round++) {
    await before();
    const answers = children.map(async (child) => String((await once(child, 'message'))[0]));
    for (const child of children) child.send('enter');
    results.push(...(await Promise.all(answers)));
  }
  return results;
}

const entered = (results: readonly string[]) => results.filter((result) => result === 'alone').length;

/** Some processes may give up on a busy machine. */
function expectAlone(results: readonly string[]): void {
  expect(results).not.toContain('overlap');
  expect(entered(results)).toBeGreaterThan(results.length / 2);
}

test('many processes that find a stale lock enter one at a time', { timeout: 120_000 }, async () => {
  const results = await runContenders(ROUNDS, createStaleLock);
  expectAlone(results);
  expect(await readFile(file, 'utf8')).toBe(String(entered(results)));
  expect(await readdir(locks)).toEqual([]);
});

test('many processes without a stale lock enter one at a time', { timeout: 120_000 }, async () => {
  const results = await runContenders(5, () => Promise.resolve());
  expectAlone(results);
  expect(await readFile(file, 'utf8')).toBe(String(entered(results)));
});

/** Sets a modification time on everything in the locks folder that is older than any limit. */
async function ageLocks(): Promise<void> {
  const then = (Date.now() - 120_000) / 1000;
  for (const name of await readdir(locks)) await utimes(join(locks, name), then, then);
}

test('processes that crash one after another while they hold a stale lock leave no permanent lock', async () => {
  await createStaleLock();
  for (let depth = 1; depth <= 3; depth++) {
    const child = fork(script, [locks, file]);
    children.push(child);
    await once(child, 'message');
    await writeFile(`${file}.stays`, '');
    child.send('enter');
    await expect.poll(async () => readdir(folder), { timeout: 20_000 }).toContain('file.inside');
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    await rm(`${file}.inside`);
    await ageLocks();
  }
  await rm(`${file}.stays`);
  expect(await withFileLock(locks, file, () => Promise.resolve('in'))).toBe('in');
  await ageLocks();
  expect(await withFileLock(locks, file, () => Promise.resolve('in'))).toBe('in');
  expect(await readdir(locks)).toEqual([]);
});

test('a held lock is not taken, and stays after the timeout', async () => {
  await createStaleLock(0);
  expect(await withFileLock(locks, file, () => Promise.resolve('in'))).toBeUndefined();
  expect(await readFile(lock, 'utf8')).toBe('left behind');
});

test('a lock that others take in turn is waited for longer than one owner may hold it', async () => {
  await writeFile(lock, 'owner 0');
  const answer = withFileLock(locks, file, () => Promise.resolve('in'));
  for (let owner = 1; owner <= 10; owner++) {
    await new Promise((resolve) => setTimeout(resolve, 350));
    await writeFile(lock, `owner ${owner}`);
  }
  await rm(lock);
  expect(await answer).toBe('in');
});

test('a lock with a time in the future is stale too', async () => {
  await createStaleLock(-3_600_000);
  expect(await withFileLock(locks, file, () => Promise.resolve('in'))).toBe('in');
});

test('an owner whose lock was taken over doesn’t remove the lock of the new owner', async () => {
  let leave: () => void = () => undefined;
  let second: Promise<unknown> | undefined;
  await withFileLock(locks, file, async () => {
    await ageLocks();
    await new Promise<void>((isInside) => {
      second = withFileLock(locks, file, () => {
        isInside();
        return new Promise<void>((resolve) => {
          leave = resolve;
        });
      });
    });
  });
  expect(await withFileLock(locks, file, () => Promise.resolve('in'))).toBeUndefined();
  leave();
  await second;
  expect(await withFileLock(locks, file, () => Promise.resolve('in'))).toBe('in');
});
