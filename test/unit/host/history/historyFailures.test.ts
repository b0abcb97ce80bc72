import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toLine } from '../../../../src/core/history/historyLines.ts';
import { bundleScript } from '../../../support/bundleScript.ts';
import { historyEntry } from '../../../support/historyEntry.ts';
import { endedInvocation, openHistory } from '../../../support/openHistory.ts';

type Opened = ReturnType<typeof openHistory>;

interface Reported {
  readonly invocationId: string;
  readonly ids: readonly string[];
  readonly errors: readonly string[];
  readonly pending: number;
}

let root: string;
let folder: string;
let file: string;
let script: string;
const opened: Opened[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  script = await bundleScript('historyWriter.ts');
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'li-history-'));
  folder = join(root, 'storage', 'history');
  file = join(folder, 'history.jsonl');
});

afterEach(async () => {
  for (const { storage } of opened.splice(0)) storage.dispose();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await chmod(folder, 0o700).catch(() => undefined);
  await rm(root, { recursive: true, force: true });
});

afterAll(() => rm(dirname(script), { recursive: true, force: true }));

function open(): Opened {
  const history = openHistory(folder);
  opened.push(history);
  return history;
}

const ended = (...ids: readonly string[]) => ids.map((id) => endedInvocation(id));

function start(
  args: readonly string[],
  options: { readonly uid?: number; readonly execPath?: string } = {},
): ChildProcess {
  const child = fork(script, [folder, ...args], options);
  children.push(child);
  return child;
}

async function report(child: ChildProcess, invocationId: string, change: 'add' | 'delete' = 'add'): Promise<Reported> {
  const reported = once(child, 'message');
  child.send({ [change]: invocationId });
  return (await reported)[0] as Reported;
}

describe('a window that is killed while it writes', () => {
  test('loses nothing that was saved', { timeout: 120_000 }, async () => {
    const saved: string[] = [];
    for (let round = 0; round < 12; round++) {
      const child = start([`round ${round}`]);
      const last = saved.length + 5 + round * 3;
      child.on('message', (reported: 'ready' | Reported) => {
        if (reported === 'ready') return;
        if (reported.pending === 0) saved.push(reported.invocationId);
        if (saved.length >= last) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      const { ids, reader } = open();
      expect(ids.filter((id) => saved.includes(id))).toEqual(saved.toReversed());
      // At most one entry of each round was in the file, but not reported.
      expect(ids.length - saved.length).toBeLessThanOrEqual(round + 1);
      expect(reader.lines).toBeGreaterThanOrEqual(ids.length);
    }
    const history = open();
    await history.add(...ended('afterwards'));
    expect(open().ids[0]).toBe('afterwards');
  });
});

describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  const limitFileSize = (pid: number | undefined, limit: string) =>
    spawnSync('prlimit', ['--pid', String(pid), `--fsize=${limit}:unlimited`]).status;

  test('keeps entries in memory until there is space again', async () => {
    const child = start([]);
    await once(child, 'message');
    await report(child, 'a');
    const { size } = await stat(file);
    expect(limitFileSize(child.pid, String(size + 100))).toBe(0);
    expect(await report(child, 'b')).toMatchObject({ ids: ['b', 'a'], errors: ['EFBIG'], pending: 1 });
    expect(await report(child, 'c')).toMatchObject({ ids: ['c', 'b', 'a'], errors: ['EFBIG', 'EFBIG'], pending: 2 });
    // No part of a line is left.
    expect([(await stat(file)).size, open().ids]).toEqual([size, ['a']]);
    expect(limitFileSize(child.pid, 'unlimited')).toBe(0);
    expect(await report(child, 'd')).toMatchObject({ ids: ['d', 'c', 'b', 'a'], pending: 0 });
    expect(open().ids).toEqual(['d', 'c', 'b', 'a']);
  });

  test('has no room to rewrite the history, which stays as it was', async () => {
    const ids = Array.from({ length: 50 }, (_, at) => `${at}`);
    await mkdir(folder, { recursive: true });
    await writeFile(
      file,
      ids.map((invocationId) => toLine({ op: 'add', entry: historyEntry({ invocationId }) })).join(''),
    );
    const before = await readFile(file, 'utf8');
    const child = start([]);
    await once(child, 'message');
    expect(limitFileSize(child.pid, '5000')).toBe(0);
    const reported = await report(child, '7', 'delete');
    expect([reported.ids.length, reported.pending, await readFile(file, 'utf8')]).toEqual([49, 1, before]);
    expect(limitFileSize(child.pid, 'unlimited')).toBe(0);
    await report(child, 'next');
    expect(open().ids).toEqual(['next', ...ids.filter((id) => id !== '7').toReversed()]);
    expect(await readFile(file, 'utf8')).not.toContain('"7"');
  });
});

describe('a folder that cannot be written', () => {
  test.skipIf(process.platform === 'win32')('still lists its entries', async () => {
    await open().add(...ended('a'));
    await chmod(dirname(script), 0o755);
    for (const path of [root, join(root, 'storage'), folder, join(folder, 'locks')]) await chmod(path, 0o555);
    await chmod(file, 0o444);
    // Administrators can write everywhere.
    const child = start([], process.getuid?.() === 0 ? { uid: 65_534 } : {});
    await once(child, 'message');
    expect(await report(child, 'b')).toMatchObject({ ids: ['b', 'a'], errors: ['EACCES'], pending: 1 });
  });

  test('is reported for each failed write', async () => {
    await mkdir(dirname(folder), { recursive: true });
    await writeFile(folder, 'a file');
    const history = open();
    await history.storage.start();
    await history.add(...ended('a'));
    expect([history.ids, history.errors]).toEqual([['a'], ['EEXIST']]);
    await rm(folder);
    await history.add(...ended('b'));
    expect([open().ids, history.errors]).toEqual([['b', 'a'], ['EEXIST']]);
  });

  test('does not lose entries while another file has the name of the history', async () => {
    await mkdir(file, { recursive: true });
    const history = open();
    await history.add(...ended('a'));
    expect([history.ids, history.errors]).toEqual([['a'], ['EISDIR']]);
  });
});

test('a folder of payloads and responses that cannot be written is reported, and the entries are still saved', async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'bodies'), 'a file');
  const history = open();
  await history.add(endedInvocation('a'));
  expect([open().ids, history.errors]).toEqual([['a'], ['EEXIST']]);
});
