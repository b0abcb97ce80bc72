import { expect, test } from 'vitest';
import { functionSuggestions } from '../../../src/app/functionSuggestions.ts';
import type { Connection } from '../../../src/core/connection/connection.ts';
import type { HistoryEntry } from '../../../src/core/history/historyEntry.ts';
import { historyEntry } from '../../support/historyEntry.ts';
import { localFunctionView } from '../../support/localFunctionView.ts';

const local: Connection = { kind: 'local' };
const dev: Connection = { kind: 'aws', profile: 'dev' };

function used(FunctionName: string, connection: Connection): HistoryEntry {
  const invocation = { FunctionName, InvocationType: 'RequestResponse', payload: { kind: 'none' } } as const;
  return historyEntry({ invocationId: FunctionName, invocation, connection });
}

const fn = (name: string, otherNames: readonly string[] = []) => localFunctionView(name, { otherNames });

test('recent functions come first, then those of the workspace, each once', () => {
  const suggestions = functionSuggestions({
    connection: local,
    history: [used('hello', local), used('gone', local), used('hello', local), used('elsewhere', dev)],
    workspace: [fn('hello'), fn('orders')],
    account: [],
  });
  const detail = 'nodejs22.x · template.yaml';
  expect(suggestions).toEqual([
    { FunctionName: 'hello', source: 'recent', detail },
    { FunctionName: 'gone', source: 'recent' },
    { FunctionName: 'orders', source: 'workspace', detail },
  ]);
});

test('for AWS, only functions with a name in their template are suggested, then those of the account', () => {
  const suggestions = functionSuggestions({
    connection: dev,
    history: [used('used', dev)],
    workspace: [fn('LogicalId'), fn('named', ['OtherLogicalId'])],
    account: [{ FunctionName: 'used', Runtime: 'python3.13' }, { FunctionName: 'named' }, { FunctionName: 'other' }],
  });
  expect(suggestions).toEqual([
    { FunctionName: 'used', source: 'recent', detail: 'python3.13' },
    { FunctionName: 'named', source: 'workspace', detail: 'nodejs22.x · template.yaml' },
    { FunctionName: 'other', source: 'account' },
  ]);
});

test('functions that share a name are suggested by their unique names, and for AWS by their deployed name', () => {
  const workspace = ['orders', 'payments'].map((folder) => ({
    ...fn('OnEvents', ['Events']),
    name: `${folder}.OnEvents`,
  }));
  const names = (connection: Connection) =>
    functionSuggestions({ connection, history: [], workspace, account: [] }).map(({ FunctionName }) => FunctionName);
  expect(names(local)).toEqual(['orders.OnEvents', 'payments.OnEvents']);
  expect(names(dev)).toEqual(['OnEvents']);
});

test('at most eight recent functions are suggested', () => {
  const history = Array.from({ length: 20 }, (_, index) => used(`f${index}`, local));
  const suggestions = functionSuggestions({ connection: local, history, workspace: [], account: [] });
  expect(suggestions.map(({ FunctionName }) => FunctionName)).toEqual(['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7']);
});
