import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Memento } from 'vscode';
import { createResults } from '../../src/app/results.ts';
import { HistoryStore } from '../../src/host/history/historyStore.ts';
import { endedInvocation } from '../support/openHistory.ts';
import { waitUntil, withSetting } from './workspace.ts';

/** The state of the workspace, in memory. */
function createMemento(values: Record<string, unknown> = {}): Pick<Memento, 'get' | 'update'> {
  return {
    get: (key: string) => values[key] as never,
    update: (key, value) => {
      values[key] = value;
      return Promise.resolve();
    },
  };
}

describe('The history', () => {
  const stores: HistoryStore[] = [];
  let folder: string;

  /** The history of a new window. */
  function openStore(memento = createMemento()): HistoryStore {
    const store = new HistoryStore({ memento, folder, results: createResults() });
    stores.push(store);
    return store;
  }

  const idsOf = (store: HistoryStore) => store.entries().map(({ invocationId }) => invocationId);

  /** The bodies of the newest entry, and the notes of its outcome. */
  async function newest(store: HistoryStore) {
    const [entry] = store.entries();
    assert.ok(entry);
    const { ended, isDropped } = await store.ended(entry);
    const { payload } = ended.order.invocation;
    const { Payload, outcome } = ended.result;
    return {
      isDropped,
      sent: payload.kind === 'typed' ? payload.text : undefined,
      response: Payload && Buffer.from(Payload).toString(),
      notes: outcome.notes.map(({ code }) => code),
    };
  }

  async function writtenText(): Promise<string> {
    const names = await readdir(folder, { recursive: true });
    return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')))).join('\n');
  }

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'li-history-')), 'history');
  });

  afterEach(async () => {
    for (const store of stores.splice(0)) store.dispose();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  const gone = { isDropped: true, sent: '', response: undefined };

  it('is shown by a new window, whose memory has no payloads and responses', async () => {
    const store = openStore();
    for (const id of ['a', 'b']) await store.add(endedInvocation(id, { sent: '"sent"', response: '"response"' }));
    assert.deepEqual(await newest(store), { isDropped: false, sent: '"sent"', response: '"response"', notes: [] });
    const later = openStore();
    assert.deepEqual(idsOf(later), ['b', 'a']);
    assert.deepEqual(await newest(later), { ...gone, notes: ['bodiesInMemory'] });
    assert.doesNotMatch(await writtenText(), /"sent"|"response"/);
  });

  it('has payloads and responses in files if keepBodies is “workspace”, until it is “memory” again', async () => {
    const store = openStore();
    await store.add(endedInvocation('before', { response: '"response"' }));
    await withSetting('history.keepBodies', 'workspace', async () => {
      await store.add(endedInvocation('a', { sent: '"sent"', response: '"response"' }));
      const expected = { isDropped: false, sent: '"sent"', response: '"response"', notes: [] };
      assert.deepEqual(await newest(openStore()), expected);
      await store.delete(['a']);
      assert.deepEqual(await newest(openStore()), { ...gone, notes: ['bodiesNotStored'] });
      await store.add(endedInvocation('b', { response: '"response"' }));
      assert.match(await writtenText(), /"response"/);
    });
    await waitUntil(async () => !(await readdir(folder)).includes('bodies'), 'the stored bodies to be deleted');
    assert.deepEqual(idsOf(openStore()), ['b', 'before']);
    assert.deepEqual(await newest(openStore()), { ...gone, notes: ['bodiesInMemory'] });
    // They are still in the memory of the window that has received them.
    assert.equal((await newest(store)).response, '"response"');
  });

  it('has a note if a payload and response are too large to be stored', async () => {
    await withSetting('history.keepBodies', 'workspace', async () => {
      const outcome = { ...endedInvocation('').result.outcome, responseBytes: 17_000_000 };
      await openStore().add(endedInvocation('a', { response: 'x'.repeat(17_000_000), outcome }));
      assert.deepEqual(await newest(openStore()), { ...gone, notes: ['bodiesTooLarge'] });
    });
  });

  it('shows the changes of another window, and drops the results that it has deleted', async () => {
    const results = createResults();
    const store = new HistoryStore({ memento: createMemento(), folder, results });
    stores.push(store);
    const other = openStore();
    let changes = 0;
    store.onDidChange(() => changes++);
    await store.add(endedInvocation('a'));
    await store.add(endedInvocation('b'));
    await other.pin(['b'], true);
    await waitUntil(() => store.entries()[0]?.isPinned === true, 'the pin of the other window');
    await other.delete(['a']);
    await waitUntil(() => idsOf(store).length === 1, 'the other window’s deletion');
    assert.deepEqual([results.recall('a'), results.recall('b')?.invocationId], [undefined, 'b']);
    assert.ok(changes >= 4);
    await other.clear();
    await waitUntil(() => idsOf(store).length === 0, 'the history to be cleared');
    assert.equal(results.recall('b'), undefined);
  });

  it('has the last invocation, to repeat it', async () => {
    const store = openStore();
    assert.equal(await store.last(), undefined);
    const order = { environment: { TABLE: 'secretVariable' }, isConfirmed: true, isSentAnyway: true };
    const lastOrder = async (from: HistoryStore) => {
      const entry = await from.last();
      assert.ok(entry?.hasEnvironment);
      return (await from.ended(entry)).ended.order;
    };
    await withSetting('history.keepBodies', 'workspace', async () => {
      const ended = endedInvocation('a', { sent: '{"n":1}', order });
      const adding = store.add(ended);
      assert.deepEqual(await lastOrder(store), ended.order);
      await adding;
      // Environment variables are only in memory.
      const { environment: _, isConfirmed: __, ...stored } = ended.order;
      assert.deepEqual(await lastOrder(openStore()), { ...stored, lacksEnvironment: true });
      assert.doesNotMatch(await writtenText(), /secretVariable/);
    });
  });

  it('includes the entries of earlier versions', async () => {
    const { invocation, connection } = endedInvocation('').order;
    const entry = { at: 1, invocation: { ...invocation, payload: { kind: 'none' } }, connection };
    const outcome = { state: 'succeeded', StatusCode: 200, clientMs: 1 };
    const values: Record<string, unknown> = { history: [{ ...entry, invocationId: 'earlier', outcome }] };
    const store = openStore(createMemento(values));
    assert.equal((await store.last())?.invocationId, 'earlier');
    await waitUntil(() => values['history'] === undefined, 'the earlier history to be removed');
    assert.deepEqual(idsOf(openStore()), ['earlier']);
  });

  it('finds an invocation that has just ended', async () => {
    const store = openStore();
    const adding = store.add(endedInvocation('a', { response: '1' }));
    assert.equal((await store.find('a'))?.isDropped, false);
    assert.equal(await store.find('b'), undefined);
    await adding;
  });
});
