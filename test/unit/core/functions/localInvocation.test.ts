import { expect, test } from 'vitest';
import { debugObstacle, localFunctionOf, toLocalInvocation } from '../../../../src/core/functions/localInvocation.ts';
import type { Invocation } from '../../../../src/core/invocation/invocation.ts';
import { message } from '../../../../src/core/messages/messages.ts';

const functions = [
  { name: 'orders', plainName: 'orders', otherNames: ['OrdersFunction'] },
  { name: 'a.List', plainName: 'List', otherNames: [] },
  { name: 'b.List', plainName: 'List', otherNames: [] },
];

const find = (FunctionName: string) => localFunctionOf({ FunctionName }, { functions, problems: [] }).name;

test.each([
  ['orders', 'orders'],
  ['OrdersFunction', 'orders'],
  ['b.List', 'b.List'],
  ['123456789012:function:orders', 'orders'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:orders:live', 'orders'],
])('%s is the local function %s', (FunctionName, name) => {
  expect(find(FunctionName)).toBe(name);
});

test('an unknown name is reported with the nearest, and a shared one with the choices', () => {
  expect(() => find('ordres')).toThrow('Did you mean orders?');
  expect(() => find('List')).toThrow(/a\.List, b\.List/);
});

const invocation: Invocation = {
  FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  Qualifier: 'live',
  InvocationType: 'DryRun',
  payload: { kind: 'none' },
};

test('the invocation of a deployed function becomes one of the local function that runs its code', () => {
  expect(toLocalInvocation(invocation, { name: 'orders' }, { kind: 'aws' })).toEqual({
    FunctionName: 'orders',
    InvocationType: 'RequestResponse',
    payload: { kind: 'none' },
  });
});

test('the invocation of a local function keeps its name and version', () => {
  const local: Invocation = { ...invocation, FunctionName: 'OrdersFunction', InvocationType: 'Event' };
  expect(toLocalInvocation(local, { name: 'orders' }, { kind: 'local' })).toEqual(local);
});

test('a function that can’t run locally can’t be debugged for the same reason', () => {
  const fn = { name: 'orders', runtime: 'python3.12' };
  const obstacle = message('interpreterMissing', 'python3.12', 'PATH', 'lambdaInvoke.local.pythonPath');
  expect(debugObstacle({ ...fn, canDebug: false, obstacle })).toBe(obstacle);
  const custom = { name: 'orders', runtime: 'provided.al2023', canDebug: false };
  expect(debugObstacle(custom)).toEqual(message('debugUnsupported', 'orders', 'provided.al2023'));
  expect(debugObstacle({ ...fn, canDebug: true })).toBeUndefined();
});
