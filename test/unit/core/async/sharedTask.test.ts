import { expect, test } from 'vitest';
import { createSharedTasks } from '../../../../src/core/async/sharedTask.ts';

/** A task that the test completes. */
function work() {
  const started: AbortSignal[] = [];
  let finish: (value: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const start = (signal: AbortSignal) => {
    started.push(signal);
    return new Promise<string>((resolve, reject) => {
      finish = resolve;
      fail = reject;
    });
  };
  return { started, start, finish: (value: string) => finish(value), fail: (error: Error) => fail(error) };
}

test('callers with the same key share one task', async () => {
  const tasks = createSharedTasks<string>();
  const { started, start, finish } = work();
  const both = [tasks.join('a', start), tasks.join('a', start, new AbortController().signal)];
  await expect.poll(() => started.length).toBe(1);
  finish('done');
  expect(await Promise.all(both)).toEqual(['done', 'done']);
  expect(started).toHaveLength(1);
  expect(started[0]?.aborted).toBe(false);
});

test('a caller that aborts leaves immediately, and the other caller gets the result', async () => {
  const tasks = createSharedTasks<string>();
  const { started, start, finish } = work();
  const abort = new AbortController();
  const aborted = tasks.join('a', start, abort.signal);
  const remaining = tasks.join('a', start);
  await expect.poll(() => started.length).toBe(1);
  abort.abort();
  await expect(aborted).rejects.toThrow('aborted');
  expect(started[0]?.aborted).toBe(false);
  finish('done');
  expect(await remaining).toBe('done');
});

test('the task is aborted when the last caller leaves, and the next caller starts a new one', async () => {
  const tasks = createSharedTasks<string>();
  const { started, start, finish } = work();
  const [first, second] = [new AbortController(), new AbortController()];
  const results = [tasks.join('a', start, first.signal), tasks.join('a', start, second.signal)];
  await expect.poll(() => started.length).toBe(1);
  first.abort();
  await expect(results[0]).rejects.toThrow('aborted');
  expect(started[0]?.aborted).toBe(false);
  second.abort();
  await expect(results[1]).rejects.toThrow('aborted');
  expect(started[0]?.aborted).toBe(true);
  const next = tasks.join('a', start);
  await expect.poll(() => started.length).toBe(2);
  finish('anew');
  expect(await next).toBe('anew');
});

test("an error reaches every caller and isn't cached", async () => {
  const tasks = createSharedTasks<string>();
  const { started, start, fail } = work();
  const both = [tasks.join('a', start), tasks.join('a', start)];
  await expect.poll(() => started.length).toBe(1);
  fail(new Error('broken'));
  for (const promise of both) await expect(promise).rejects.toThrow('broken');
  expect(await tasks.join('a', () => Promise.resolve('anew'))).toBe('anew');
});

test("an aborted signal doesn't start a task", async () => {
  const { started, start } = work();
  await expect(createSharedTasks<string>().join('a', start, AbortSignal.abort())).rejects.toThrow('aborted');
  expect(started).toEqual([]);
});

test('with lingerMs, the next caller joins the abandoned task', async () => {
  const tasks = createSharedTasks<string>({ lingerMs: 0 });
  const { started, start, finish } = work();
  const abort = new AbortController();
  const aborted = tasks.join('a', start, abort.signal);
  await expect.poll(() => started.length).toBe(1);
  abort.abort();
  const next = tasks.join('a', start);
  await expect(aborted).rejects.toThrow('aborted');
  await new Promise((resolve) => setImmediate(resolve));
  finish('done');
  expect(await next).toBe('done');
  expect(started.map(({ aborted }) => aborted)).toEqual([false]);
});
