import { describe, expect, test } from 'vitest';
import {
  errorTypeOf,
  facetValue,
  facetValues,
  isSelected,
  matchesFilter,
  type FacetValue,
  type HistoryFacet,
} from '../../../../src/core/history/historyFilter.ts';
import type { HistoryEntry, RecordedInvocation } from '../../../../src/core/history/historyEntry.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import type { Outcome } from '../../../../src/core/outcome/outcome.ts';
import { historyEntry, succeeded } from '../../../support/historyEntry.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders:live';
const named = (FunctionName: string, more: Partial<RecordedInvocation> = {}): HistoryEntry =>
  historyEntry({ invocation: { FunctionName, InvocationType: 'RequestResponse', payload: { kind: 'none' } }, ...more });

const failed: Outcome = {
  state: 'failed',
  reason: message('functionNotFound', 'x'),
  exception: { name: 'ResourceNotFoundException', message: 'gone' },
  clientMs: 1,
  notes: [],
};

const hello = named('hello', { preset: { name: 'daily', store: 'file:///a' } });
const orders = named(ARN, { connection: { kind: 'aws', profile: 'dev', region: 'eu-west-1' } });
const missing = named('orders', { result: { outcome: failed } });
const all = [hello, orders, missing];

const value = (entry: HistoryEntry, facet: HistoryFacet): FacetValue => {
  const found = facetValue(entry, facet);
  if (found === undefined) throw new Error(`${facet} is missing`);
  return found;
};
const shown = (...filter: readonly FacetValue[]) => all.filter((entry) => matchesFilter(entry, filter));

describe('the filter of the history', () => {
  test('without selected values shows everything', () => {
    expect(shown()).toEqual(all);
  });

  test('by function finds each version of it, by name and by ARN', () => {
    expect(shown(value(orders, 'function'))).toEqual([orders, missing]);
  });

  test('with several values of a facet shows entries with any of them', () => {
    expect(shown(value(hello, 'function'), value(orders, 'function'))).toEqual(all);
  });

  test('with values of several facets shows entries with one of each', () => {
    expect(shown(value(orders, 'function'), value(hello, 'connection'))).toEqual([missing]);
    expect(shown(value(orders, 'function'), value(hello, 'preset'))).toEqual([]);
  });

  test('distinguishes presets of the same name in different files', () => {
    const other = named('hello', { preset: { name: 'daily', store: 'file:///b' } });
    expect(matchesFilter(other, [value(hello, 'preset')])).toBe(false);
  });

  test('distinguishes status codes of the function', () => {
    const http = (statusCode: number) =>
      named('web', {
        result: { outcome: succeeded, Payload: new TextEncoder().encode(JSON.stringify({ statusCode, body: '' })) },
      });
    expect(matchesFilter(http(200), [value(http(404), 'verdict')])).toBe(false);
    expect(matchesFilter(http(404), [value(http(404), 'verdict')])).toBe(true);
  });
});

describe('the values to choose from', () => {
  const labels = (values: readonly FacetValue[], facet: HistoryFacet) =>
    values.filter((one) => one.facet === facet).map(({ label }) => label);

  test('are those of the entries, the most frequent first, with their counts', () => {
    const values = facetValues(all);
    expect(labels(values, 'function')).toEqual(['orders', 'hello']);
    expect(labels(values, 'preset')).toEqual(['daily']);
    expect(labels(values, 'connection')).toEqual(['Local', 'dev · eu-west-1']);
    expect(labels(values, 'verdict')).toEqual([
      { level: 'success', label: 'succeeded' },
      { level: 'error', label: 'refused' },
    ]);
    expect(values.filter(({ facet }) => facet === 'function').map(({ count }) => count)).toEqual([2, 1]);
  });

  test('include a selected one without entries', () => {
    const values = facetValues([orders], [value(hello, 'function')]);
    expect(values.filter(({ facet }) => facet === 'function')).toMatchObject([
      { label: 'orders', count: 1 },
      { label: 'hello', count: 0 },
    ]);
  });

  test('are selected by their facet and their value', () => {
    const filter = [value(named('Local'), 'function')];
    expect(isSelected(value(named('Local'), 'function'), filter)).toBe(true);
    expect(isSelected(value(hello, 'connection'), filter)).toBe(false);
  });
});

test('the error type is that of the function or of AWS', () => {
  const thrown: Outcome = {
    state: 'functionError',
    StatusCode: 200,
    FunctionError: 'Unhandled',
    responseBytes: 0,
    connection: { kind: 'local' },
    clientMs: 1,
    notes: [],
    functionError: { type: 'TypeError', stack: [], causes: [] },
    diagnosis: { kind: 'thrown' },
  };
  const types = [thrown, failed, succeeded].map((outcome) => errorTypeOf(historyEntry({ result: { outcome } })));
  expect(types).toEqual(['TypeError', 'ResourceNotFoundException', undefined]);
});
