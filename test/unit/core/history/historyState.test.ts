import { describe, expect, test } from 'vitest';
import { lastWithFile, type HistoryEntry } from '../../../../src/core/history/historyEntry.ts';
import {
  applyOperation,
  MAX_ENTRIES,
  newestFirst,
  removeOldest,
  type HistoryOperation,
  type HistoryState,
} from '../../../../src/core/history/historyState.ts';
import { historyEntry } from '../../../support/historyEntry.ts';

function withFile(invocationId: string, uri: string): HistoryEntry {
  const payload = { kind: 'file', uri } as const;
  return historyEntry({
    invocationId,
    invocation: { FunctionName: 'hello', InvocationType: 'RequestResponse', payload },
  });
}

const add = (entry: HistoryEntry): HistoryOperation => ({ op: 'add', entry });
const others = (count: number) =>
  Array.from({ length: count }, (_, index) => add(historyEntry({ invocationId: `other ${index}` })));

/** The history after operations, each followed by a cleanup. */
function stateAfter(...operations: readonly HistoryOperation[]): HistoryState {
  const state: HistoryState = new Map();
  for (const operation of operations) {
    applyOperation(state, operation);
    removeOldest(state);
  }
  return state;
}

const idsAfter = (...operations: readonly HistoryOperation[]) =>
  newestFirst(stateAfter(...operations)).map(({ invocationId }) => invocationId);

describe('changes', () => {
  const three = ['a', 'b', 'c'].map((invocationId) => add(historyEntry({ invocationId })));

  test('are listed newest first', () => {
    expect(idsAfter(...three)).toEqual(['c', 'b', 'a']);
  });

  test('change nothing when they are applied again', () => {
    const operations: HistoryOperation[] = [
      ...three,
      { op: 'pin', ids: ['a'], isPinned: true },
      { op: 'delete', ids: ['b'] },
    ];
    expect(stateAfter(...operations, ...operations.slice(3), ...operations.slice(0, 1))).toEqual(
      stateAfter(...operations),
    );
  });

  test('pin and unpin entries, without moving them', () => {
    const pinned = stateAfter(...three, { op: 'pin', ids: ['a', 'unknown'], isPinned: true });
    expect(newestFirst(pinned).map(({ invocationId, isPinned }) => [invocationId, isPinned])).toEqual([
      ['c', undefined],
      ['b', undefined],
      ['a', true],
    ]);
    applyOperation(pinned, { op: 'pin', ids: ['a'], isPinned: false });
    expect(pinned).toEqual(stateAfter(...three));
  });

  test('delete entries, also pinned ones', () => {
    const pin: HistoryOperation = { op: 'pin', ids: ['a', 'b'], isPinned: true };
    expect(idsAfter(...three, pin, { op: 'delete', ids: ['a'] })).toEqual(['c', 'b']);
    expect(idsAfter(...three, pin, { op: 'clear' })).toEqual([]);
  });

  test('leave the lines of a newer version alone, until the history is cleared', () => {
    const state = stateAfter(...three);
    state.set('newer', 'newer');
    applyOperation(state, { op: 'delete', ids: ['newer', 'a'] });
    expect([...state.keys()]).toEqual(['b', 'c', 'newer']);
    applyOperation(state, { op: 'clear' });
    expect(state.size).toBe(0);
  });
});

describe('the oldest entries', () => {
  test('are removed beyond 1,000', () => {
    const ids = idsAfter(...others(MAX_ENTRIES + 5));
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([MAX_ENTRIES, `other ${MAX_ENTRIES + 4}`, 'other 5']);
  });

  test('are kept if they are pinned, in addition to the 1,000', () => {
    const pinned = ['a', 'b'].map((invocationId) => add(historyEntry({ invocationId })));
    const ids = idsAfter(...pinned, { op: 'pin', ids: ['a', 'b'], isPinned: true }, ...others(MAX_ENTRIES));
    expect(ids).toHaveLength(MAX_ENTRIES + 2);
    expect(ids.slice(-2)).toEqual(['b', 'a']);
    const unpinned = idsAfter(...pinned, { op: 'pin', ids: ['a', 'b'], isPinned: true }, ...others(MAX_ENTRIES), {
      op: 'pin',
      ids: ['a'],
      isPinned: false,
    });
    expect(unpinned.slice(-1)).toEqual(['b']);
  });

  test("are kept if they're the last of their payload file", () => {
    const state = stateAfter(add(withFile('1', 'file:///a')), add(withFile('2', 'file:///a')), ...others(MAX_ENTRIES));
    const history = newestFirst(state);
    expect(lastWithFile(history, 'file:///a')?.invocationId).toBe('2');
    expect(history).toHaveLength(MAX_ENTRIES + 1);
  });

  test('are kept for up to 100 payload files', () => {
    const files = Array.from({ length: MAX_ENTRIES + 150 }, (_, at) => add(withFile(`${at}`, `file:///${at}`)));
    const history = newestFirst(stateAfter(...files));
    expect(history).toHaveLength(MAX_ENTRIES + 100);
    expect(lastWithFile(history, 'file:///50')?.invocationId).toBe('50');
    expect(lastWithFile(history, 'file:///49')).toBeUndefined();
  });
});
