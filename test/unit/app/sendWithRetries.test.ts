import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sendAgain, type Waiting } from '../../../src/app/sendWithRetries.ts';
import { InvokeError } from '../../../src/core/outcome/invokeError.ts';
import type { InvokeRequest } from '../../../src/core/invocation/invokeRequest.ts';
import { message, type Message } from '../../../src/core/messages/messages.ts';
import type { InvokeResponse } from '../../../src/core/outcome/outcome.ts';
import { RESEND_REASONS, type Resend } from '../../../src/core/invocation/resend.ts';

const request: InvokeRequest = {
  FunctionName: 'hello',
  InvocationType: 'RequestResponse',
  LogType: 'Tail',
  Payload: new Uint8Array(),
};
const answer: InvokeResponse = { StatusCode: 200, Payload: new Uint8Array(), connection: { kind: 'local' } };

/** A server that refuses with each of these, first to last, and then answers. */
function world(refusals: readonly (Resend | undefined)[], most: number) {
  const sent: InvokeRequest[] = [];
  const refused: Message[] = [];
  const waits: (Waiting | undefined)[] = [];
  const abort = new AbortController();
  const result = sendAgain(
    request,
    (asked) => {
      sent.push(asked);
      if (sent.length > refusals.length) return Promise.resolve(answer);
      const resend = refusals[sent.length - 1];
      return Promise.reject(
        new InvokeError(message('TooManyRequestsException'), resend === undefined ? {} : { resend }),
      );
    },
    {
      most,
      signal: abort.signal,
      onRefused: (reason) => refused.push(reason),
      onWait: (waiting) => waits.push(waiting),
    },
  ).then(
    () => 'answered',
    (error: InvokeError) => error.reason.code,
  );
  return { sent, refused, waits, abort, result };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('what cannot have run the function', () => {
  test.each(RESEND_REASONS)('%s: is sent once while nobody has asked for more', async (reason) => {
    const { sent, result, waits } = world([{ reason }], 0);
    expect(await result).toBe('TooManyRequestsException');
    expect([sent.length, waits.length]).toEqual([1, 0]);
  });

  test.each(RESEND_REASONS)('%s: is sent again after a wait, where that is wanted', async (reason) => {
    const { sent, result, refused } = world([{ reason }, { reason }], 3);
    await vi.advanceTimersByTimeAsync(999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await result).toBe('answered');
    expect([sent.length, refused.length]).toEqual([3, 2]);
  });

  test('is sent no more often than asked for', async () => {
    const { sent, result } = world(
      Array.from({ length: 9 }, () => ({ reason: 'throttled' as const })),
      2,
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await result).toBe('TooManyRequestsException');
    expect(sent).toHaveLength(3);
  });

  test('the wait is told, with Retry-After where that is longer', async () => {
    const { waits, result } = world([{ reason: 'throttled', retryAfterMs: 7000 }], 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(waits).toEqual([{ attempt: 2, reason: { code: 'TooManyRequestsException', args: [] }, until: 7000 }]);
    await vi.advanceTimersByTimeAsync(7000);
    expect(await result).toBe('answered');
    expect(waits.at(-1)).toBeUndefined();
  });

  test('a Retry-After longer than a person waits is not waited for', async () => {
    const { sent, result } = world([{ reason: 'throttled', retryAfterMs: 7_200_000 }], 5);
    expect(await result).toBe('TooManyRequestsException');
    expect(sent).toHaveLength(1);
  });

  test('the wait can be stopped: nothing more is sent', async () => {
    const { abort, sent, result, waits } = world([{ reason: 'throttled' }], 5);
    await vi.advanceTimersByTimeAsync(500);
    abort.abort();
    expect(await result).toBe('cancelledBeforeResend');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent.length, waits.at(-1)]).toEqual([1, undefined]);
  });
});

test.each([...RESEND_REASONS, 'tailRefused'] as const)(
  '%s: nothing more is sent after a stop while the answer was awaited',
  async (reason) => {
    const { abort, sent, result } = world([{ reason }], 5);
    abort.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    expect(await result).toBe('TooManyRequestsException');
  },
);

test('everything else is sent once, however often sending again is allowed', async () => {
  const { sent, result } = world([undefined], 10);
  expect(await result).toBe('TooManyRequestsException');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(1);
});

describe('a refused log tail', () => {
  test('is left out, and the request sent once more, at once', async () => {
    const { sent, result, refused } = world([{ reason: 'tailRefused' }], 0);
    expect(await result).toBe('answered');
    expect(sent.map(({ LogType }) => LogType)).toEqual(['Tail', undefined]);
    expect(refused).toEqual([{ code: 'tailRefused', args: [] }]);
  });

  test('is not asked for again', async () => {
    const { sent, result } = world([{ reason: 'tailRefused' }, { reason: 'tailRefused' }], 9);
    expect(await result).toBe('TooManyRequestsException');
    expect(sent).toHaveLength(2);
  });
});
