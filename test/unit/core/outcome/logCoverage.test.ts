import { describe, expect, test } from 'vitest';
import { fetchesLog, logCoverage } from '../../../../src/core/outcome/logCoverage.ts';
import type { Outcome } from '../../../../src/core/outcome/outcome.ts';
import { succeeded } from '../../../support/historyEntry.ts';

const AWS = { kind: 'aws' } as const;
const sent = { ...succeeded, requestId: 'r1' } as Extract<Outcome, { StatusCode: number }>;
const tail = { text: 'END', isTruncated: false };
const failure = { reason: { code: 'connectionLostId', args: [] }, clientMs: 1, notes: [], requestId: 'r1' } as const;

const CASES: Readonly<Record<string, readonly [Outcome, 'none' | 'part' | 'whole']>> = {
  'a complete tail': [{ ...sent, logTail: tail }, 'whole'],
  'a truncated tail': [{ ...sent, logTail: { ...tail, isTruncated: true } }, 'part'],
  'a location': [{ ...sent, logTail: { ...tail, location: { logGroup: '/g' } } }, 'part'],
  'no tail': [sent, 'part'],
  'a queued event': [{ ...sent, state: 'accepted' }, 'part'],
  'a dry run': [{ ...sent, state: 'dryRun' }, 'none'],
  'no request ID': [succeeded, 'none'],
  'a lost connection': [{ state: 'failed', ...failure }, 'part'],
  'a stopped stream': [{ state: 'cancelled', ...failure }, 'part'],
  'a rejection by Lambda': [
    { state: 'failed', ...failure, exception: { name: 'TooManyRequestsException', message: '' } },
    'none',
  ],
};

describe('the log in an outcome', () => {
  test.each(Object.entries(CASES))('with %s', (_, [outcome, coverage]) => {
    expect(logCoverage(outcome, AWS)).toBe(coverage);
    expect(logCoverage(outcome, { kind: 'local' })).toBe('none');
  });
});

test('the log is read without a click if the setting and the outcome require it', () => {
  const coverages = ['none', 'part', 'whole'] as const;
  expect(coverages.filter((coverage) => fetchesLog('never', coverage))).toEqual([]);
  expect(coverages.filter((coverage) => fetchesLog('whenMissing', coverage))).toEqual(['part']);
  expect(coverages.filter((coverage) => fetchesLog('always', coverage))).toEqual(['part', 'whole']);
});
