import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sendWithRetries } from '../../../src/app/sendWithRetries.ts';
import { createWaits, type Wait } from '../../../src/app/waits.ts';
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

/** A server that rejects with each of these in order, and then responds. */
function setUp(rejections: readonly (Resend | undefined)[], maxRetries: number) {
  const sent: InvokeRequest[] = [];
  const rejected: Message[] = [];
  const waits: (Wait | undefined)[] = [];
  const abort = new AbortController();
  const result = sendWithRetries(
    request,
    (sentRequest) => {
      sent.push(sentRequest);
      if (sent.length > rejections.length) return Promise.resolve(answer);
      const resend = rejections[sent.length - 1];
      return Promise.reject(
        new InvokeError(message('TooManyRequestsException'), resend === undefined ? {} : { resend }),
      );
    },
    {
      maxRetries,
      signal: abort.signal,
      onRejected: (reason) => rejected.push(reason),
      waits: createWaits((wait) => waits.push(wait)),
    },
  ).then(
    () => 'answered',
    (error: InvokeError) => error.reason.code,
  );
  return { sent, rejected, waits, abort, result };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a request that can’t have run the function', () => {
  test.each(RESEND_REASONS)('%s: is sent once by default', async (reason) => {
    const { sent, result, waits } = setUp([{ reason }], 0);
    expect(await result).toBe('TooManyRequestsException');
    expect([sent.length, waits.length]).toEqual([1, 0]);
  });

  test.each(RESEND_REASONS)('%s: is retried after a delay if retries are allowed', async (reason) => {
    const { sent, result, rejected } = setUp([{ reason }, { reason }], 3);
    await vi.advanceTimersByTimeAsync(999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await result).toBe('answered');
    expect([sent.length, rejected.length]).toEqual([3, 2]);
  });

  test('is retried at most as often as allowed', async () => {
    const { sent, result } = setUp(
      Array.from({ length: 9 }, () => ({ reason: 'throttled' as const })),
      2,
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await result).toBe('TooManyRequestsException');
    expect(sent).toHaveLength(3);
  });

  test('reports the delay, which respects Retry-After', async () => {
    const { waits, result } = setUp([{ reason: 'throttled', retryAfterMs: 7000 }], 1);
    await vi.advanceTimersByTimeAsync(0);
    const reason = { code: 'TooManyRequestsException', args: [] };
    expect(waits).toEqual([{ kind: 'retry', attempt: 2, reason, until: 7000 }]);
    await vi.advanceTimersByTimeAsync(7000);
    expect(await result).toBe('answered');
    expect(waits.at(-1)).toBeUndefined();
  });

  test('isn’t retried if Retry-After is too long', async () => {
    const { sent, result } = setUp([{ reason: 'throttled', retryAfterMs: 7_200_000 }], 5);
    expect(await result).toBe('TooManyRequestsException');
    expect(sent).toHaveLength(1);
  });

  test('isn’t sent again if the delay is stopped', async () => {
    const { abort, sent, result, waits } = setUp([{ reason: 'throttled' }], 5);
    await vi.advanceTimersByTimeAsync(500);
    abort.abort();
    expect(await result).toBe('cancelledBeforeResend');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent.length, waits.at(-1)]).toEqual([1, undefined]);
  });
});

test.each([...RESEND_REASONS, 'tailRefused'] as const)(
  '%s: is not retried when stopped before the response',
  async (reason) => {
    const { abort, sent, result } = setUp([{ reason }], 5);
    abort.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    expect(await result).toBe('TooManyRequestsException');
  },
);

test('any other request is sent once, whatever the number of retries', async () => {
  const { sent, result } = setUp([undefined], 10);
  expect(await result).toBe('TooManyRequestsException');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(1);
});

describe('a rejected log tail', () => {
  test('is omitted, and the request is retried immediately', async () => {
    const { sent, result, rejected } = setUp([{ reason: 'tailRefused' }], 0);
    expect(await result).toBe('answered');
    expect(sent.map(({ LogType }) => LogType)).toEqual(['Tail', undefined]);
    expect(rejected).toEqual([{ code: 'tailRefused', args: [] }]);
  });

  test('is omitted only once', async () => {
    const { sent, result } = setUp([{ reason: 'tailRefused' }, { reason: 'tailRefused' }], 9);
    expect(await result).toBe('TooManyRequestsException');
    expect(sent).toHaveLength(2);
  });
});
