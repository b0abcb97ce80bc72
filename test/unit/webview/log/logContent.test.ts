import { expect, test } from 'vitest';
import { toOutcome, type Outcome } from '../../../../src/core/outcome/outcome.ts';
import { logContentOf } from '../../../../webview/log/logContent.ts';
import { succeeded } from '../../../support/historyEntry.ts';

test('a log that is gone differs from one that was not requested', () => {
  expect(logContentOf(succeeded)).toEqual({ kind: 'none', reason: 'notRequested', hasMore: false });
  expect(logContentOf(succeeded, { isDropped: true })).toEqual({ kind: 'none', reason: 'dropped', hasMore: false });
});

test('an invocation without a response has a log only if CloudWatch Logs can have one', () => {
  const accepted = { ...succeeded, state: 'accepted' } as Outcome;
  const failed: Outcome = { state: 'failed', reason: { code: 'connectionLost', args: [] }, clientMs: 1, notes: [] };
  for (const outcome of [accepted, failed]) {
    expect(logContentOf(outcome)).toBeUndefined();
    expect(logContentOf(outcome, { hasMore: true })).toEqual({ kind: 'none', reason: 'notReturned', hasMore: true });
  }
});

test('a log tail that managed instances don’t return differs from one that was not requested', () => {
  const response = { StatusCode: 200, Payload: new Uint8Array(), connection: { kind: 'aws' } } as const;
  const outcome = toOutcome(response, { clientMs: 1, notes: [] }, { isTailOmitted: true });
  const notReturned = { kind: 'none', reason: 'notReturned', hasMore: false };
  expect(logContentOf(outcome)).toEqual(notReturned);
  expect(logContentOf(outcome, { isDropped: true })).toEqual(notReturned);
});
