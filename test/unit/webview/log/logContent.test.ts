import { expect, test } from 'vitest';
import { toOutcome } from '../../../../src/core/outcome/outcome.ts';
import { logContentOf } from '../../../../webview/log/logContent.ts';
import { succeeded } from '../../../support/historyEntry.ts';

test('a log that is gone differs from one that was not requested', () => {
  expect(logContentOf(succeeded)).toEqual({ kind: 'none', reason: 'notRequested' });
  expect(logContentOf(succeeded, true)).toEqual({ kind: 'none', reason: 'dropped' });
});

test('a log tail that a function on managed instances doesn’t return isn’t one that was not requested', () => {
  const response = { StatusCode: 200, Payload: new Uint8Array(), connection: { kind: 'aws' } } as const;
  const outcome = toOutcome(response, { clientMs: 1, notes: [] }, { isTailOmitted: true });
  const notReturned = { kind: 'none', reason: 'notReturned' };
  expect(logContentOf(outcome)).toEqual(notReturned);
  expect(logContentOf(outcome, true)).toEqual(notReturned);
});
