import { describe, expect, test } from 'vitest';
import {
  distribution,
  percentile,
  samplesOf,
  statisticsOf,
  type Sample,
} from '../../../../src/core/history/statistics.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import type { Outcome } from '../../../../src/core/outcome/outcome.ts';
import type { Report } from '../../../../src/core/outcome/report.ts';
import { historyEntry, succeeded } from '../../../support/historyEntry.ts';

const to = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('percentiles', () => {
  test('are always values that occur, by the nearest-rank method', () => {
    const sorted = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map((percent) => percentile(sorted, percent))).toEqual([15, 20, 20, 35, 50]);
    expect([50, 90, 99].map((percent) => percentile(to(100), percent))).toEqual([50, 90, 99]);
    expect([50, 90, 99].map((percent) => percentile(to(1000), percent))).toEqual([500, 900, 990]);
  });

  test('have at least their share of values at or below them, and fewer below', () => {
    for (const count of to(60)) {
      for (const percent of [1, 50, 90, 99, 100]) {
        const value = percentile(to(count), percent);
        expect(value / count).toBeGreaterThanOrEqual(percent / 100);
        expect((value - 1) / count).toBeLessThan(percent / 100);
      }
    }
  });

  test('are those of the values in any order', () => {
    expect(distribution([900, 10, 30, 20, 40, 50])).toEqual({
      kind: 'percentiles',
      count: 6,
      min: 10,
      p50: 30,
      p90: 900,
      p99: 900,
      max: 900,
    });
  });

  test('are replaced by the values if there are fewer than five', () => {
    expect(distribution([40, 10, 30, 20])).toEqual({ kind: 'values', count: 4, values: [10, 20, 30, 40] });
    expect(distribution([])).toEqual({ kind: 'values', count: 0, values: [] });
    expect(distribution(to(5)).kind).toBe('percentiles');
  });
});

const entry = (outcome: object, report?: Report) =>
  historyEntry({ at: 7, result: { outcome: { ...succeeded, ...(report && { report }), ...outcome } } });

const functionError = {
  state: 'functionError',
  functionError: { stack: [], causes: [] },
  diagnosis: { kind: 'exception' },
};
const rejected = { state: 'failed', reason: message('functionNotFound', 'x'), clientMs: 900, notes: [] } as const;

/** The samples of an outcome without a response. */
const withoutResponse = (outcome: object) =>
  samplesOf([historyEntry({ at: 7, result: { outcome: outcome as Outcome } })]);

describe('the samples of the history', () => {
  test('have the duration of the report, and never the total time', () => {
    expect(samplesOf([entry({ clientMs: 99 }, { durationMs: 12.5 }), entry({ clientMs: 99 })])).toEqual([
      { at: 7, result: 'succeeded', durationMs: 12.5 },
      { at: 7, result: 'succeeded' },
    ]);
    expect(withoutResponse(rejected)).toEqual([{ at: 7, result: 'noResponse' }]);
  });

  test('have the initialization or restoration of cold starts', () => {
    const reports = [
      { durationMs: 3, initDurationMs: 130 },
      { durationMs: 3, restoreDurationMs: 400 },
      { durationMs: 3 },
    ];
    expect(samplesOf(reports.map((report) => entry({}, report))).map(({ initMs }) => initMs)).toEqual([
      130,
      400,
      undefined,
    ]);
  });

  test('have the kinds of results', () => {
    expect(samplesOf([entry(functionError), entry({ state: 'accepted' })]).map(({ result }) => result)).toEqual([
      'functionError',
      'queued',
    ]);
    expect(withoutResponse({ ...rejected, state: 'cancelled' })).toEqual([{ at: 7, result: 'noResponse' }]);
  });

  test('leave out dry runs, and what was never sent', () => {
    expect(samplesOf([entry({ state: 'dryRun', StatusCode: 204 })])).toEqual([]);
    expect(withoutResponse({ ...rejected, state: 'cancelled', nothingSent: true })).toEqual([]);
    expect(withoutResponse({ ...rejected, remedy: { kind: 'manageTrust' } })).toEqual([]);
    const problems = [{ field: 'Payload', message: message('functionNotFound', 'x') }];
    expect(withoutResponse({ ...rejected, problems })).toEqual([]);
  });
});

describe('statistics', () => {
  const warm = to(10).map((durationMs): Sample => ({ at: durationMs, result: 'succeeded', durationMs }));
  const cold: Sample = { at: 11, result: 'functionError', durationMs: 90, initMs: 200 };

  test('count invocations, cold starts, and errors, and compare cold with warm starts', () => {
    const rest: Sample[] = [
      { at: 12, result: 'noResponse' },
      { at: 13, result: 'queued' },
    ];
    const { all, ...statistics } = statisticsOf([...warm, cold, ...rest]);
    expect(statistics).toEqual({
      count: 13,
      functionErrors: 1,
      noResponses: 1,
      withoutDuration: 2,
      warm: { kind: 'percentiles', count: 10, min: 1, p50: 5, p90: 9, p99: 10, max: 10 },
      cold: { kind: 'values', count: 1, values: [90] },
      init: { kind: 'values', count: 1, values: [200] },
    });
    expect(all).toEqual({ kind: 'percentiles', count: 11, min: 1, p50: 6, p90: 10, p99: 90, max: 90 });
  });

  test('of no invocations are empty', () => {
    const none = { kind: 'values', count: 0, values: [] };
    expect(statisticsOf([])).toEqual({
      count: 0,
      functionErrors: 0,
      noResponses: 0,
      withoutDuration: 0,
      all: none,
      warm: none,
      cold: none,
      init: none,
    });
  });
});
