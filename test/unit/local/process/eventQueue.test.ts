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
  return { attempts, event: { bytes: 2, maximumRetryAttempts, run } };
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

test('the queue is empty after the last attempt at the last event', async () => {
  const queue = new EventQueue([10, 20]);
  await queue.whenEmpty();
  let isEmpty = false;
  queue.add(countingEvent('done').event);
  queue.add(countingEvent('failed').event);
  const empty = queue.whenEmpty().then(() => {
    isEmpty = true;
  });
  await vi.advanceTimersByTimeAsync(29);
  expect(isEmpty).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isEmpty).toBe(true);
  await empty;
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

test('a queue that is closed during an attempt has no timers and accepts nothing', async () => {
  const queue = new EventQueue([10, 20]);
  const { event } = countingEvent('failed');
  const { event: throttled } = countingEvent('throttled');
  queue.add(event);
  queue.add(throttled);
  queue.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  expect(queue.add(event)).toBe(false);
});

/** An event that runs until `end`. */
function runningEvent(bytes: number) {
  let end: (result: AttemptResult) => void = () => undefined;
  const result = new Promise<AttemptResult>((resolve) => {
    end = resolve;
  });
  return { event: { bytes, maximumRetryAttempts: 0, run: () => result }, end: (how: AttemptResult) => end(how) };
}

test('accepts 10,000 events, and another one when one has ended', async () => {
  const queue = new EventQueue();
  const first = runningEvent(2);
  expect(queue.add(first.event)).toBe(true);
  const { event: other } = runningEvent(2);
  for (let count = 1; count < 10_000; count++) queue.add(other);
  expect(queue.add(other)).toBe(false);
  first.end('done');
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.add(other)).toBe(true);
});

test('accepts 64 MB of payloads, and more when an event has ended', async () => {
  const queue = new EventQueue();
  const first = runningEvent(1_048_576);
  expect(queue.add(first.event)).toBe(true);
  const { event: large } = runningEvent(1_048_576);
  for (let count = 1; count < 64; count++) expect(queue.add(large)).toBe(true);
  expect(queue.add(runningEvent(1).event)).toBe(false);
  first.end('failed');
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.add(large)).toBe(true);
});

test('an event that waits for its retry takes up space', async () => {
  const queue = new EventQueue([1000]);
  const retried = { ...countingEvent('failed', 1).event, bytes: 67_108_864 };
  queue.add(retried);
  await vi.advanceTimersByTimeAsync(500);
  expect(queue.add(retried)).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  expect(queue.add(retried)).toBe(true);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken'))],
])('an attempt that %s has failed', async (_, run) => {
  let attempts = 0;
  const queue = new EventQueue([10]);
  const attempt = () => {
    attempts++;
    return run();
  };
  queue.add({ bytes: 67_108_864, maximumRetryAttempts: 1, run: attempt });
  await vi.advanceTimersByTimeAsync(100);
  expect(attempts).toBe(2);
  expect(queue.add({ bytes: 67_108_864, maximumRetryAttempts: 0, run: attempt })).toBe(true);
});
