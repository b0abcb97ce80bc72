import { expect, test } from 'vitest';
import type { Outcome } from '../../../../src/core/outcome/outcome.ts';
import { shownDuration } from '../../../../src/core/outcome/shownDuration.ts';
import { verdictOf } from '../../../../src/core/outcome/verdict.ts';
import { succeeded } from '../../../support/historyEntry.ts';

const durationOf = (outcome: Outcome) => shownDuration(outcome, verdictOf(outcome));

test('the duration is that of the function, or the total time', () => {
  const withReport = { ...succeeded, report: { durationMs: 11.31 } } as Outcome;
  expect([withReport, { ...succeeded, clientMs: 23 }].map(durationOf)).toEqual(['11 ms', '23 ms']);
});

test('an invocation that sent nothing has no duration, however long a prompt was open', () => {
  const canceled: Outcome = {
    state: 'cancelled',
    reason: { code: 'notConfirmed', args: [] },
    nothingSent: true,
    clientMs: 9000,
    notes: [],
  };
  expect(durationOf(canceled)).toBeUndefined();
});
