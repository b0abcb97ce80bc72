import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventQueue, type AttemptResult } from '../../../../src/local/process/eventQueue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** An event whose attempts are recorded and all have the given result. */
function countingEvent(result: AttemptResult, maximumRetryAttempts = 2) {
  const attempts: number[] = [];
  const run = (attempt: number) => {
    attempts.push(attempt);
    return Promise.resolve(result);
  };
  return { attempts, event: { maximumRetryAttempts, run } };
}

test.each([
  [0, [1]],
  [1, [1, 2]],
  [2, [1, 2, 3]],
])('a failing event is retried %i times', async (maximumRetryAttempts, expected) => {
  const { attempts, event } = countingEvent('failed', maximumRetryAttempts);
  new EventQueue([10, 20]).add(event);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(attempts).toEqual(expected);
});

test('a throttled event is retried without limit', async () => {
  const { attempts, event } = countingEvent('throttled');
  new EventQueue([10, 20]).add(event);
  await vi.advanceTimersByTimeAsync(1000);
  expect(attempts).toEqual([1, 1, 1, 1, 1]);
});

test('a closed queue retries nothing', async () => {
  const queue = new EventQueue([10, 20]);
  const { attempts, event } = countingEvent('failed');
  queue.add(event);
  await vi.advanceTimersByTimeAsync(5);
  queue.close();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(attempts).toEqual([1]);
});

test('accepts 10,000 events, and another one when one has ended', async () => {
  const queue = new EventQueue();
  let result: (how: AttemptResult) => void = () => undefined;
  const first = new Promise<AttemptResult>((resolve) => {
    result = resolve;
  });
  expect(queue.add({ maximumRetryAttempts: 0, run: () => first })).toBe(true);
  const never = { maximumRetryAttempts: 0, run: () => new Promise<AttemptResult>(() => undefined) };
  for (let count = 1; count < 10_000; count++) queue.add(never);
  expect(queue.add(never)).toBe(false);
  result('done');
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.add(never)).toBe(true);
});
