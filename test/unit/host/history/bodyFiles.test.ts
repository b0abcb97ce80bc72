import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EndedInvocation } from '../../../../src/app/invocations.ts';
import { MAX_ENTRIES } from '../../../../src/core/history/historyState.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import { toOutcome, type Outcome } from '../../../../src/core/outcome/outcome.ts';
import { BodyFiles } from '../../../../src/host/history/bodyFiles.ts';
import { BODY_LIMITS } from '../../../../src/host/history/bodyLimits.ts';
import { bundleScript } from '../../../support/bundleScript.ts';
import { historyEntry } from '../../../support/historyEntry.ts';
import { endedInvocation, openHistory, type HistoryOptions } from '../../../support/openHistory.ts';

const DAY = 86_400_000;

let root: string;
let folder: string;
let bodies: string;
let script: string;
const opened: ReturnType<typeof openHistory>[] = [];

beforeAll(async () => {
  script = await bundleScript('historyWriter.ts');
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'li-bodies-'));
  folder = join(root, 'history');
  bodies = join(folder, 'bodies');
});

afterEach(async () => {
  for (const { storage } of opened.splice(0)) storage.dispose();
  await rm(root, { recursive: true, force: true });
});

afterAll(() => rm(dirname(script), { recursive: true, force: true }));

function open(options?: HistoryOptions) {
  const history = openHistory(folder, options);
  opened.push(history);
  return history;
}

const files = () => readdir(bodies).catch(() => []);

/** The content of every file of the history. */
async function everything(): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1').catch(() => '')));
  return texts.join('\n');
}

/** An invocation as a later window reads it. */
async function recalled(invocationId: string): Promise<EndedInvocation | undefined> {
  const { reader, storage } = open();
  const entry = reader.entries.find((one) => one.invocationId === invocationId);
  return entry && (await storage.ended(entry));
}

const failedFunction: Outcome = toOutcome(
  {
    StatusCode: 200,
    FunctionError: 'Unhandled',
    LogResult: Buffer.from('the log\n').toString('base64'),
    Payload: Buffer.from('{"errorType":"E","errorMessage":"the message","trace":["at the stack"]}'),
    connection: { kind: 'aws', endpoint: 'http://user:secretPassword@localhost:1/?secretQuery' },
  },
  { clientMs: 1, notes: [message('bomDropped')] },
);

describe('stored payloads and responses', () => {
  test('are read by a later window, with all texts of the outcome', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    const ended = endedInvocation('a', {
      sent: '{"name":"ü\n"}',
      outcome: failedFunction,
      order: { isSentAnyway: true, preset: { name: 'p', store: 'file:///p' } },
    });
    const binary = { ...ended, result: { ...ended.result, Payload: bytes } };
    await open().add(binary);
    const again = await recalled('a');
    expect(again?.order).toEqual(ended.order);
    expect(again?.result).toMatchObject({
      outcome: {
        functionError: { message: 'the message', stack: ['at the stack'] },
        logTail: { text: 'the log\n' },
        notes: [{ code: 'bomDropped' }],
      },
    });
    expect(Buffer.from(again?.result.Payload ?? '').equals(bytes)).toBe(true);
    expect(Buffer.from(again?.result.sent ?? '').toString()).toBe('{"name":"ü\n"}');
  });

  test('can be missing, for example if nothing was sent', async () => {
    const outcome: Outcome = { state: 'failed', reason: message('notConfirmed'), clientMs: 0, notes: [] };
    const { order } = endedInvocation('a');
    const none = { ...order, invocation: { ...order.invocation, payload: { kind: 'none' } as const } };
    await open().add({ invocationId: 'a', order: none, result: { outcome } });
    expect(await recalled('a')).toEqual({ invocationId: 'a', order: none, result: { outcome } });
    // The text of an inline payload that wasn't sent is not in the file.
    await open().add({ invocationId: 'b', order, result: { outcome } });
    expect(await recalled('b')).toBeUndefined();
  });

  test.skipIf(process.platform === 'win32')('can only be read by their user', async () => {
    await open().add(endedInvocation('a'));
    const [name = ''] = await files();
    expect(name).toMatch(/^[\da-f]{32}$/);
    expect((await stat(bodies)).mode & 0o777).toBe(0o700);
    expect((await stat(join(bodies, name))).mode & 0o777).toBe(0o600);
  });

  test('have no environment variables, credentials, or paths of invocation IDs', async () => {
    const id = '../../escaped';
    const order = {
      environment: { KEY: 'secretVariable' },
      connection: { kind: 'aws', endpoint: 'http://user:secretPassword@localhost:1/?secretQuery' },
    } as const;
    await open().add(endedInvocation(id, { response: 'the response', outcome: failedFunction, order }));
    expect(await files()).toHaveLength(1);
    expect(await readdir(root)).toEqual(['history']);
    const text = await everything();
    expect(text).toContain('the response');
    expect(text).not.toContain('secret');
    expect((await recalled(id))?.order).toMatchObject({ lacksEnvironment: true });
  });

  test('are ignored if they are damaged', async () => {
    await open().add(endedInvocation('a', { response: 'the response' }));
    const path = join(bodies, (await files())[0] ?? '');
    const bytes = await readFile(path);
    for (const length of [0, 1, 50, bytes.length - 1]) {
      await writeFile(path, bytes.subarray(0, length));
      expect(await recalled('a')).toBeUndefined();
    }
    await writeFile(path, Buffer.concat([Buffer.from('{"outcome":{}}\n'), bytes]));
    expect(await recalled('a')).toBeUndefined();
    await writeFile(path, bytes);
    expect(await recalled('a')).toBeDefined();
  });

  test('are only stored if the setting allows it', async () => {
    const history = open({ bodies: 'never' });
    await history.add(endedInvocation('a', { response: 'the response' }));
    await history.set('paused');
    await history.add(endedInvocation('b', { response: 'the response' }));
    expect(await everything()).not.toContain('the response');
    await history.set('kept');
    await history.add(endedInvocation('c', { response: 'the response' }));
    expect(await files()).toHaveLength(1);
    await history.set('paused'); // an untrusted workspace
    expect([await files(), await history.response('c')]).toEqual([expect.anything(), 'the response']);
    await history.set('never');
    expect(await files()).toEqual([]);
    expect(await everything()).not.toContain('the response');
    expect(history.ids).toEqual(['c', 'b', 'a']);
  });

  test('are not stored if they are too large', async () => {
    const history = open({ limits: { ...BODY_LIMITS, maxBytes: 2000 } });
    await history.add(endedInvocation('a', { response: 'x'.repeat(2000) }), endedInvocation('b'));
    expect([await history.response('a'), await history.response('b')]).toEqual([undefined, '']);
  });

  test('are deleted by a window that starts after the user has changed the setting', async () => {
    await open().add(endedInvocation('a', { response: 'the response' }));
    await open({ bodies: 'never' }).storage.start();
    expect(await files()).toEqual([]);
  });
});

describe('stored payloads and responses are deleted', () => {
  test('with their entries', async () => {
    const history = open();
    await history.add(...['a', 'b', 'c'].map((id) => endedInvocation(id)));
    await history.change({ op: 'delete', ids: ['a'] });
    await expect.poll(files).toHaveLength(2);
    expect(await recalled('a')).toBeUndefined();
    expect(await recalled('b')).toBeDefined();
    await history.change({ op: 'clear' });
    await history.storage.clear();
    expect(await files()).toEqual([]);
  });

  test('when the history is cleared, except those of invocations that another window has added since', async () => {
    const [one, other] = [open(), open()];
    await one.add(endedInvocation('before'));
    await other.change({ op: 'clear' });
    await one.add(endedInvocation('later', { response: 'kept' }));
    await writeFile(join(bodies, '0'.repeat(32)), 'without an entry');
    await other.storage.clear();
    expect([await files(), await one.response('later')]).toEqual([[expect.anything()], 'kept']);
  });

  test('while another window writes, which does not know yet that the setting has changed', async () => {
    const [one, other] = [new BodyFiles(folder), new BodyFiles(folder)];
    const clearing = new AbortController();
    const write = async (name: string) => {
      for (let at = 0; !clearing.signal.aborted; at++)
        await other.write(`${name} ${at}`, Buffer.alloc(10)).catch(() => undefined);
    };
    const writing = ['a', 'b', 'c', 'd'].map(write);
    for (let round = 0; round < 300; round++) await one.clear();
    clearing.abort();
    await Promise.all(writing);
    await one.clear();
    expect(await files()).toEqual([]);
  });

  test('only if they can be listed', async () => {
    await mkdir(folder);
    await writeFile(bodies, 'a file');
    await expect(open().storage.clear()).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  test('when their entries are among the oldest', async () => {
    const history = open();
    await history.add(endedInvocation('old'));
    history.reader.change(
      ...Array.from(
        { length: MAX_ENTRIES },
        (_, at) => ({ op: 'add', entry: historyEntry({ invocationId: `${at}` }) }) as const,
      ),
    );
    await expect.poll(files).toEqual([]);
  });

  test('if their entry is deleted just before they are written', async () => {
    const history = open();
    await history.add(endedInvocation('a'));
    history.onAsk(() => history.reader.change({ op: 'delete', ids: ['a', 'b'] }));
    await history.add(endedInvocation('b'));
    await expect.poll(files).toEqual([]);
    expect(history.ids).toEqual([]);
  });

  test('while they are written, also by another window', async () => {
    const [one, other] = [open(), open()];
    await one.storage.start();
    const ids = Array.from({ length: 30 }, (_, at) => `${at}`);
    const adding = ids.map((id) => one.add(endedInvocation(id, { response: 'x'.repeat(1_000_000) })));
    await expect.poll(async () => (await files()).length).toBeGreaterThan(0);
    other.reader.refresh();
    await other.change({ op: 'clear' });
    await other.storage.clear();
    await Promise.all(adding);
    await expect.poll(() => one.ids).toEqual([]);
    await expect.poll(files).toEqual([]);
    expect(one.errors).toEqual([]);
  });

  test('beyond the total size, the oldest first, and those of pinned entries last', async () => {
    const limits = { ...BODY_LIMITS, maxTotal: 35_000 };
    const history = open({ limits });
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await history.add(endedInvocation(id, { response: id.repeat(10_000) }));
    }
    await history.change({ op: 'pin', ids: ['a'], isPinned: true });
    await open({ limits }).storage.start();
    const left = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => history.response(id)));
    expect(left.map((text) => text?.[0])).toEqual(['a', undefined, undefined, 'd', 'e']);
  });

  test('after 30 days, unless their entries are pinned', async () => {
    const history = open();
    await history.add(endedInvocation('a'), endedInvocation('b'));
    await history.change({ op: 'pin', ids: ['a'], isPinned: true });
    const age = async (days: number) => {
      const time = (Date.now() - days * DAY) / 1000;
      for (const name of await files()) await utimes(join(bodies, name), time, time);
      await open().storage.start();
    };
    await age(29);
    expect(await files()).toHaveLength(2);
    await age(31);
    expect([await recalled('a'), await recalled('b')]).toEqual([expect.anything(), undefined]);
  });

  test('if a killed window has left them behind', async () => {
    const child = fork(script, [folder, 'killed']);
    await once(child, 'message');
    await expect.poll(async () => (await files()).length).toBeGreaterThan(5);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await writeFile(join(bodies, '0'.repeat(32)), 'without an entry');
    const temporary = `${'1'.repeat(32)}.${child.pid}-00000000.00000000.tmp`;
    await writeFile(join(bodies, temporary), 'of another machine');
    await utimes(join(bodies, temporary), 1, 1);
    const history = open();
    await history.storage.start();
    const names = await files();
    expect(names.filter((name) => name.length !== 32 || name === '0'.repeat(32))).toEqual([]);
    expect(names.length).toBeGreaterThan(3);
    expect(names.length).toBeLessThanOrEqual(history.ids.length);
  });
});
