import { describe, expect, test } from 'vitest';
import { newestFirst } from '../../../../src/core/functions/functionFacts.ts';
import { factWarnings } from '../../../../src/core/functions/functionState.ts';
import { createKnownFunctions } from '../../../../src/core/functions/knownFunctions.ts';
import type { Connection } from '../../../../src/core/connection/connection.ts';

const dev: Connection = { kind: 'aws', profile: 'dev', region: 'eu-west-1' };
const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
const durable = { FunctionName: 'orders', FunctionArn: ARN, isDurable: true };

function invocationOf(
  FunctionName: string,
  fields: { readonly Qualifier?: string; readonly DurableExecutionName?: string } = {},
) {
  return { FunctionName, InvocationType: 'RequestResponse' as const, LogType: 'None' as const, ...fields };
}

describe('a durable function without a qualifier', () => {
  test('has a warning in the form', () => {
    const facts = { ...durable, notes: [] };
    const codes = (request: object) => factWarnings(facts, request).map(({ field, message }) => [field, message.code]);
    expect(codes({ FunctionName: 'orders' })).toEqual([['Qualifier', 'durableUnqualified']]);
    expect(codes({ FunctionName: ARN })).toEqual([['Qualifier', 'durableUnqualified']]);
    expect(codes({ FunctionName: 'orders:live' })).toEqual([]);
    expect(codes({ FunctionName: `${ARN}:$LATEST` })).toEqual([]);
    expect(codes({ FunctionName: 'orders', Qualifier: '$LATEST' })).toEqual([]);
  });

  test('has a warning outside the form after the function was read once', () => {
    const known = createKnownFunctions();
    const codes = (connection: Connection, ...request: Parameters<typeof invocationOf>) =>
      known.warnings(connection, invocationOf(...request)).map(({ code }) => code);
    expect(codes(dev, 'orders')).toEqual([]);
    known.remember(dev, durable);
    expect(codes(dev, 'orders')).toEqual(['durableUnqualified']);
    expect(codes(dev, ARN)).toEqual(['durableUnqualified']);
    expect(codes(dev, 'orders:live')).toEqual([]);
    expect(codes(dev, 'orders', { Qualifier: '3' })).toEqual([]);
    expect(codes(dev, 'others')).toEqual([]);
    expect(codes({ ...dev, profile: 'prod' }, 'orders')).toEqual([]);
    expect(codes({ kind: 'local' }, 'orders')).toEqual([]);
    expect(codes(dev, ARN.replace('eu-west-1', 'us-east-1'))).toEqual([]);
    known.remember(dev, { ...durable, isDurable: false });
    expect(codes(dev, 'orders')).toEqual([]);
    expect(codes(dev, 'orders', { Qualifier: '1', DurableExecutionName: 'a' })).toEqual(['durableNotTaken']);
    // A list without isDurable must not clear it.
    known.remember(dev, durable);
    known.remember(dev, { FunctionName: 'orders', FunctionArn: ARN });
    expect(codes(dev, 'orders')).toEqual(['durableUnqualified']);
  });
});

test('a function on managed instances is remembered for its connection, by name and ARN, with any qualifier', () => {
  const known = createKnownFunctions();
  expect(known.isManaged(dev, 'orders')).toBeUndefined();
  known.remember(dev, { FunctionName: 'orders', FunctionArn: ARN, isManaged: true });
  for (const name of ['orders', 'orders:3', ARN, `${ARN}:$LATEST.PUBLISHED`])
    expect(known.isManaged(dev, name)).toBe(true);
  expect(known.isManaged({ ...dev, profile: 'prod' }, 'orders')).toBeUndefined();
  expect(known.isManaged(dev, 'two words')).toBeUndefined();
  // A list without it must not clear it, but the configuration must.
  known.remember(dev, durable);
  expect(known.isManaged(dev, 'orders')).toBe(true);
  known.remember(dev, { ...durable, isManaged: false });
  expect(known.isManaged(dev, 'orders')).toBe(false);
  known.rememberManaged(dev, 'orders:live');
  expect(known.isManaged(dev, 'orders')).toBe(true);
  expect(known.warnings(dev, invocationOf('orders')).map(({ code }) => code)).toEqual(['durableUnqualified']);
});

test('versions are sorted numerically to the last digit, unpublished ones first', () => {
  const sorted = (...versions: string[]) =>
    newestFirst(versions.map((Version) => ({ Version }))).map(({ Version }) => Version);
  expect(sorted('1', '$LATEST.PUBLISHED', '10', '9', '$LATEST', '2')).toEqual([
    '$LATEST',
    '$LATEST.PUBLISHED',
    '10',
    '9',
    '2',
    '1',
  ]);
  expect(sorted('9007199254740992', '9007199254740993', '10', '$LATEST.PUBLISHED')).toEqual([
    '$LATEST.PUBLISHED',
    '9007199254740993',
    '9007199254740992',
    '10',
  ]);
  expect(sorted('b', '3', 'a', '$LATEST')).toEqual(['$LATEST', '3', 'a', 'b']);
});
