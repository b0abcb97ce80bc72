import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_ENTRIES } from '../../../../src/core/history/historyState.ts';
import { BodyFiles } from '../../../../src/host/history/bodyFiles.ts';
import { BODY_LIMITS } from '../../../../src/host/history/bodyLimits.ts';
import { useBodiesFolder } from '../../../support/bodiesFolder.ts';
import { bundleScript } from '../../../support/bundleScript.ts';
import { historyEntry } from '../../../support/historyEntry.ts';
import { endedInvocation } from '../../../support/openHistory.ts';

const DAY = 86_400_000;

const store = useBodiesFolder();

let script: string;
beforeAll(async () => {
  script = await bundleScript('historyWriter.ts');
});
afterAll(() => rm(dirname(script), { recursive: true, force: true }));

describe('stored payloads and responses are deleted', () => {
  test('with their entries', async () => {
    const history = store.open();
    await history.add(...['a', 'b', 'c'].map((id) => endedInvocation(id)));
    await history.change({ op: 'delete', ids: ['a'] });
    await expect.poll(store.files).toHaveLength(2);
    expect(await store.recalled('a')).toBeUndefined();
    expect(await store.recalled('b')).toBeDefined();
    await history.change({ op: 'clear' });
    await history.storage.clear();
    expect(await store.files()).toEqual([]);
  });

  test('when the history is cleared, except those of invocations that another window has added since', async () => {
    const [one, other] = [store.open(), store.open()];
    await one.add(endedInvocation('before'));
    await other.change({ op: 'clear' });
    await one.add(endedInvocation('later', { response: 'kept' }));
    await writeFile(join(store.bodies, '0'.repeat(32)), 'without an entry');
    await other.storage.clear();
    expect([await store.files(), await one.response('later')]).toEqual([[expect.anything()], 'kept']);
  });

  test('while another window writes, which does not know yet that the setting has changed', async () => {
    const [one, other] = [new BodyFiles(store.folder), new BodyFiles(store.folder)];
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
    expect(await store.files()).toEqual([]);
  });

  test('only if they can be listed', async () => {
    await mkdir(store.folder);
    await writeFile(store.bodies, 'a file');
    await expect(store.open().storage.clear()).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  test('when their entries are among the oldest', async () => {
    const history = store.open();
    await history.add(endedInvocation('old'));
    history.reader.change(
      ...Array.from(
        { length: MAX_ENTRIES },
        (_, at) => ({ op: 'add', entry: historyEntry({ invocationId: `${at}` }) }) as const,
      ),
    );
    await expect.poll(store.files).toEqual([]);
  });

  test('if their entry is deleted just before they are written', async () => {
    const history = store.open();
    await history.add(endedInvocation('a'));
    history.onAsk(() => history.reader.change({ op: 'delete', ids: ['a', 'b'] }));
    await history.add(endedInvocation('b'));
    await expect.poll(store.files).toEqual([]);
    expect(history.ids).toEqual([]);
  });

  test('while they are written, also by another window', async () => {
    const [one, other] = [store.open(), store.open()];
    await one.storage.start();
    const ids = Array.from({ length: 30 }, (_, at) => `${at}`);
    const adding = ids.map((id) => one.add(endedInvocation(id, { response: 'x'.repeat(1_000_000) })));
    await expect.poll(async () => (await store.files()).length).toBeGreaterThan(0);
    other.reader.refresh();
    await other.change({ op: 'clear' });
    await other.storage.clear();
    await Promise.all(adding);
    await expect.poll(() => one.ids).toEqual([]);
    await expect.poll(store.files).toEqual([]);
    expect(one.errors).toEqual([]);
  });

  test('beyond the total size, the oldest first, and those of pinned entries last', async () => {
    const limits = { ...BODY_LIMITS, maxTotal: 35_000 };
    const history = store.open({ limits });
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await history.add(endedInvocation(id, { response: id.repeat(10_000) }));
    }
    await history.change({ op: 'pin', ids: ['a'], isPinned: true });
    await store.open({ limits }).storage.start();
    const left = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => history.response(id)));
    expect(left.map((text) => text?.[0])).toEqual(['a', undefined, undefined, 'd', 'e']);
  });

  test('after 30 days, unless their entries are pinned', async () => {
    const history = store.open();
    await history.add(endedInvocation('a'), endedInvocation('b'));
    await history.change({ op: 'pin', ids: ['a'], isPinned: true });
    const age = async (days: number) => {
      const time = (Date.now() - days * DAY) / 1000;
      for (const name of await store.files()) await utimes(join(store.bodies, name), time, time);
      await store.open().storage.start();
    };
    await age(29);
    expect(await store.files()).toHaveLength(2);
    await age(31);
    expect([await store.recalled('a'), await store.recalled('b')]).toEqual([expect.anything(), undefined]);
  });

  test('if a killed window has left them behind', async () => {
    const child = fork(script, [store.folder, 'killed']);
    await once(child, 'message');
    await expect.poll(async () => (await store.files()).length).toBeGreaterThan(5);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await writeFile(join(store.bodies, '0'.repeat(32)), 'without an entry');
    const temporary = `${'1'.repeat(32)}.${child.pid}-00000000.00000000.tmp`;
    await writeFile(join(store.bodies, temporary), 'of another machine');
    await utimes(join(store.bodies, temporary), 1, 1);
    const history = store.open();
    await history.storage.start();
    const names = await store.files();
    expect(names.filter((name) => name.length !== 32 || name === '0'.repeat(32))).toEqual([]);
    expect(names.length).toBeGreaterThan(3);
    expect(names.length).toBeLessThanOrEqual(history.ids.length);
  });
});
