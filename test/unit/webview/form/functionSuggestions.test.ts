import { describe, expect, test } from 'vitest';
import type { FunctionSuggestion } from '../../../../src/protocol/messages.ts';
import { isSuggested, matchingSuggestions } from '../../../../webview/form/functionSuggestions.ts';

const SUGGESTIONS: readonly FunctionSuggestion[] = [
  { FunctionName: 'payments', source: 'account', detail: 'python3.13' },
  { FunctionName: 'new-orders', source: 'account', detail: 'nodejs22.x' },
  { FunctionName: 'orders', source: 'account' },
  { FunctionName: 'orders', source: 'recent', detail: 'prod' },
];

const shown = (typed: string) =>
  matchingSuggestions(SUGGESTIONS, typed).map(({ source, suggestions }) => [
    source,
    suggestions.map(({ FunctionName }) => FunctionName),
  ]);

describe('matchingSuggestions', () => {
  test('groups all functions, each in its first group', () => {
    expect(shown('')).toEqual([
      ['recent', ['orders']],
      ['account', ['payments', 'new-orders']],
    ]);
  });

  test('matches names and details in any case, names that begin with the text first', () => {
    const more: FunctionSuggestion[] = [{ FunctionName: 'Orders-archive', source: 'account' }];
    const [, account] = matchingSuggestions([...SUGGESTIONS, ...more], ' ORD ');
    expect(account?.suggestions.map(({ FunctionName }) => FunctionName)).toEqual(['Orders-archive', 'new-orders']);
    expect(shown('nodejs')).toEqual([['account', ['new-orders']]]);
    expect(shown('missing')).toEqual([]);
  });

  test('shows at most 200', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ FunctionName: `f${at}`, source: 'account' }) as const);
    const groups = matchingSuggestions([...SUGGESTIONS, ...many], '');
    expect(groups.flatMap(({ suggestions }) => suggestions)).toHaveLength(200);
  });
});

test('isSuggested ignores spaces around a name', () => {
  expect(isSuggested(SUGGESTIONS, ' orders ')).toBe(true);
  expect(isSuggested(SUGGESTIONS, 'order')).toBe(false);
});
