import { expect, test } from 'vitest';
import type { FunctionSummary } from '../../../../src/core/functions/functionFacts.ts';
import { FunctionLists, type ListFunctions } from '../../../../src/host/functionBrowser/functionList.ts';

const named = (...names: string[]) => names.map((FunctionName) => ({ FunctionName }));
const names = (functions: readonly FunctionSummary[]) => functions.map(({ FunctionName }) => FunctionName);

function listener() {
  const seen: string[][] = [];
  const abort = new AbortController();
  return {
    seen,
    abort,
    asked: { signal: abort.signal, onChange: (all: readonly FunctionSummary[]) => seen.push(names(all)) },
  };
}

test('pages are passed on as they arrive, and the complete list is sorted and cached', async () => {
  const lists = new FunctionLists();
  let reads = 0;
  const list: ListFunctions = (onPage) => {
    reads++;
    onPage(named('c', 'a'));
    onPage(named('b'));
    return Promise.resolve();
  };
  const first = listener();
  await lists.read('here', list, first.asked);
  expect(first.seen).toEqual([
    ['c', 'a'],
    ['c', 'a', 'b'],
    ['a', 'b', 'c'],
  ]);
  const second = listener();
  await lists.read('here', list, second.asked);
  expect(second.seen.at(-1)).toEqual(['a', 'b', 'c']);
  expect(reads).toBe(1);
  expect(names(lists.held('here'))).toEqual(['a', 'b', 'c']);
  lists.forget('here');
  expect(lists.held('here')).toEqual([]);
  await lists.read('here', list, listener().asked);
  expect(reads).toBe(2);
});

test('a read continues for a later caller when the first one leaves', async () => {
  const lists = new FunctionLists();
  let next: () => void = () => undefined;
  const list: ListFunctions = async (onPage) => {
    onPage(named('a'));
    await new Promise<void>((resolve) => (next = resolve));
    onPage(named('b'));
  };
  const aborted = listener();
  const reading = lists.read('here', list, aborted.asked);
  await expect.poll(() => aborted.seen.length).toBe(1);
  aborted.abort.abort();
  const later = listener();
  const again = lists.read('here', list, later.asked);
  next();
  await Promise.all([reading, again]);
  expect(later.seen).toEqual([['a'], ['a', 'b'], ['a', 'b']]);
  expect(aborted.seen).toEqual([['a'], ['a', 'b']].slice(0, aborted.seen.length));
});

test('an incomplete list is not cached, so that no function is listed twice', async () => {
  const lists = new FunctionLists();
  let reads = 0;
  const list: ListFunctions = (onPage) => {
    onPage(named('a'));
    return ++reads === 1 ? Promise.reject(new Error('over')) : Promise.resolve();
  };
  await expect(lists.read('here', list, listener().asked)).rejects.toThrow('over');
  const again = listener();
  await lists.read('here', list, again.asked);
  expect(again.seen.at(-1)).toEqual(['a']);
});

test('clearing the cache stops a read', async () => {
  const lists = new FunctionLists();
  let signal: AbortSignal | undefined;
  const list: ListFunctions = (_, given) => {
    signal = given;
    return new Promise((_resolve, reject) => given.addEventListener('abort', () => reject(new Error('stopped'))));
  };
  const reading = lists.read('here', list, listener().asked);
  await expect.poll(() => signal !== undefined).toBe(true);
  lists.clear();
  await expect(reading).rejects.toThrow('stopped');
});

test('a caller can leave while another gets the complete list, and the read stops with the last caller', async () => {
  const lists = new FunctionLists();
  const signals: AbortSignal[] = [];
  let finish: () => void = () => undefined;
  const list: ListFunctions = (onPage, signal) => {
    signals.push(signal);
    onPage(named('a'));
    return new Promise((resolve, reject) => {
      finish = resolve;
      signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  };
  const [one, two, three] = [listener(), listener(), listener()];
  const first = lists.read('here', list, one.asked);
  const second = lists.read('here', list, two.asked);
  await expect.poll(() => two.seen.length).toBe(1);
  one.abort.abort();
  await first;
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  finish();
  await second;
  expect(two.seen.at(-1)).toEqual(['a']);
  lists.forget('here');

  const third = lists.read('here', list, three.asked);
  await expect.poll(() => three.seen.length).toBe(1);
  three.abort.abort();
  await third;
  await expect.poll(() => signals.at(-1)?.aborted).toBe(true);
  const again = listener();
  const fourth = lists.read('here', list, again.asked);
  await expect.poll(() => signals.length).toBe(3);
  finish();
  await fourth;
  expect(again.seen.at(-1)).toEqual(['a']);
});

test('late pages of a removed list are ignored', async () => {
  const lists = new FunctionLists();
  let open = () => undefined as void;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow: ListFunctions = async (onPage) => {
    await gate;
    onPage(named('old'));
  };
  const quick: ListFunctions = (onPage) => {
    onPage(named('new'));
    return Promise.resolve();
  };
  const reader = listener();
  const first = lists.read('here', slow, reader.asked);
  lists.forget('here');
  await lists.read('here', quick, reader.asked);
  open();
  await first;
  expect(reader.seen.flat()).not.toContain('old');
});
