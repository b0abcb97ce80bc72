import { describe, expect, test } from 'vitest';
import { message, type MessageCode } from '../../../../src/core/messages/messages.ts';
import { memoryUse } from '../../../../src/core/outcome/memoryUse.ts';
import type { Outcome } from '../../../../src/core/outcome/outcome.ts';
import { offeredActions, verdictOf } from '../../../../src/core/outcome/verdict.ts';

const completion = { clientMs: 12, notes: [] };
const response = {
  ...completion,
  StatusCode: 200,
  responseBytes: 0,
  connection: { kind: 'local' },
} as const;

const failed = (code: MessageCode, more: object = {}): Outcome => ({
  state: 'failed',
  reason: message(code),
  ...completion,
  ...more,
});
const cancelled = (code: MessageCode, more: object = {}): Outcome => ({
  state: 'cancelled',
  reason: message(code),
  ...completion,
  ...more,
});

describe('verdictOf', () => {
  test.each([
    [undefined, { level: 'success', label: 'succeeded' }],
    [200, { level: 'success', label: 'returnedHttp', statusCode: 200 }],
    [302, { level: 'success', label: 'returnedHttp', statusCode: 302 }],
    [400, { level: 'warning', label: 'returnedHttp', statusCode: 400 }],
    [499, { level: 'warning', label: 'returnedHttp', statusCode: 499 }],
    [500, { level: 'error', label: 'returnedHttp', statusCode: 500 }],
  ])('a response with status code %s', (statusCode, verdict) => {
    expect(verdictOf({ state: 'succeeded', ...response }, statusCode)).toEqual(verdict);
  });

  test.each<[string, Outcome, object]>([
    ['Event', { state: 'accepted', ...response }, { level: 'success', label: 'queued' }],
    ['DryRun', { state: 'dryRun', ...response }, { level: 'success', label: 'permissionGranted' }],
    [
      'a function error, whatever its payload',
      {
        state: 'functionError',
        functionError: { stack: [], causes: [] },
        diagnosis: { kind: 'timeout' },
        ...response,
      },
      { level: 'error', label: 'timeout' },
    ],
    ['a rejection', failed('accessDenied'), { level: 'error', label: 'refused' }],
    ['no MFA code', failed('mfaCancelled'), { level: 'neutral', label: 'canceled' }],
    [
      'Restricted Mode',
      failed('localNeedsTrust', { remedy: { kind: 'manageTrust' } }),
      { level: 'neutral', label: 'restricted' },
    ],
    [
      'a declined confirmation',
      cancelled('notConfirmed', { nothingSent: true }),
      { level: 'neutral', label: 'canceled' },
    ],
    ['a wait that was stopped', cancelled('stoppedWaiting'), { level: 'neutral', label: 'stopped' }],
  ])('%s', (_, outcome, verdict) => {
    expect(verdictOf(outcome, 500)).toEqual(verdict);
  });
});

test.each<[string, Outcome, readonly string[]]>([
  ['a response', { state: 'succeeded', ...response }, []],
  ['a rejection', failed('accessDenied'), ['tryAgain']],
  [
    'invalid fields',
    failed('invalid', { problems: [{ field: 'Payload', message: message('functionNameMissing') }] }),
    [],
  ],
  ['the same invocation', failed('alreadyRunning'), []],
  ['a sign-in', cancelled('ssoCancelled', { remedy: { kind: 'signIn', profile: 'dev' } }), ['signIn']],
  ['Restricted Mode', failed('localNeedsTrust', { remedy: { kind: 'manageTrust' } }), ['manageTrust']],
  ['a declined confirmation', cancelled('notConfirmed', { nothingSent: true }), ['tryAgain']],
])('%s offers what helps', (_, outcome, actions) => {
  expect(offeredActions(outcome)).toEqual(actions);
});

test('memory is high above 90%', () => {
  expect(memoryUse({ maxMemoryUsedMB: 90, memorySizeMB: 100 })).toEqual({ used: 90, size: 100, isHigh: false });
  expect(memoryUse({ maxMemoryUsedMB: 91, memorySizeMB: 100 })?.isHigh).toBe(true);
  expect(memoryUse({ maxMemoryUsedMB: 91 })).toBeUndefined();
  expect(memoryUse()).toBeUndefined();
});
