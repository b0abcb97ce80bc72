import { expect, test } from 'vitest';
import {
  functionOf,
  isSameTarget,
  onTarget,
  targetOf,
  withConnection,
  withFunction,
  withQualifier,
} from '../../../src/app/retarget.ts';
import type { InvocationOrder } from '../../../src/app/runInvocation.ts';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:hello';
const dev = { kind: 'aws', profile: 'dev' } as const;

const order = (FunctionName: string, Qualifier?: string): InvocationOrder => ({
  invocation: {
    FunctionName,
    InvocationType: 'RequestResponse',
    payload: { kind: 'none' },
    ...(Qualifier !== undefined && { Qualifier }),
  },
  connection: dev,
  preset: { name: 'daily', store: 'file:///a' },
});

const named = ({ invocation: { FunctionName, Qualifier } }: InvocationOrder) => [FunctionName, Qualifier];

test('the version or alias is that of the field, or of the name', () => {
  expect(functionOf(order('hello', 'live'))).toEqual({ FunctionName: 'hello', Qualifier: 'live' });
  expect(functionOf(order(`${ARN}:7`))).toEqual({ FunctionName: ARN, Qualifier: '7' });
  expect(functionOf(order('hello'))).toEqual({ FunctionName: 'hello' });
});

test('another version replaces that of the field and of the name, and an empty one is $LATEST', () => {
  expect(named(withQualifier(order('hello:1'), '2'))).toEqual(['hello', '2']);
  expect(named(withQualifier(order(ARN, '1'), '2'))).toEqual([ARN, '2']);
  expect(named(withQualifier(order(`${ARN}:1`), ''))).toEqual([ARN, undefined]);
});

test('another connection replaces the account and region of an ARN, and the version stays', () => {
  const prod = { kind: 'aws', profile: 'prod', region: 'us-east-1' } as const;
  const moved = withConnection(order(`${ARN}:live`), prod);
  expect(named(moved)).toEqual(['hello', 'live']);
  expect(moved.connection).toEqual(prod);
});

test('another function has no version, and everything else stays', () => {
  const local = withFunction(order('hello', 'live'), 'HelloFunction', { kind: 'local' });
  expect(local).toEqual({ ...order('HelloFunction'), connection: { kind: 'local' } });
});

test('another region of a profile keeps the account of an ARN, because the function can be in another account', () => {
  const region = { kind: 'aws', profile: 'dev', region: 'us-east-1' } as const;
  expect(named(withConnection(order(`${ARN}:live`), region))).toEqual(['123456789012:function:hello', 'live']);
  expect(named(withConnection(order(ARN), dev))).toEqual(['123456789012:function:hello', undefined]);
  expect(named(withConnection(order('hello'), region))).toEqual(['hello', undefined]);
});

test('targets are the same if their functions, versions, and connections are', () => {
  expect(isSameTarget(order('hello', 'live'), order('hello:live'))).toBe(true);
  expect(isSameTarget(order('hello', 'live'), order('hello'))).toBe(false);
  expect(isSameTarget(order('hello'), { ...order('hello'), connection: { kind: 'local' } })).toBe(false);
});

test('an order on the target of another one has its own payload and preset', () => {
  const target = { ...order(`${ARN}:7`), connection: { kind: 'local' } } as const;
  const { preset: _, ...given } = order('hello', 'live');
  const moved = { ...given, invocation: target.invocation, connection: { kind: 'local' } };
  expect(onTarget(given, targetOf(target))).toEqual(moved);
  expect(named(onTarget(order('hello'), targetOf(order('hello', 'live'))))).toEqual(['hello', 'live']);
});

test('a target has no payload', () => {
  expect(targetOf(order('hello', 'live'))).toEqual({ FunctionName: 'hello', Qualifier: 'live', connection: dev });
});
