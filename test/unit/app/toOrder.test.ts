import { expect, test } from 'vitest';
import { toOrder } from '../../../src/app/toOrder.ts';

const invocation = { FunctionName: 'f', InvocationType: 'RequestResponse', payload: { kind: 'none' } } as const;
const connection = { kind: 'local' } as const;

test('the order of a form has the environment variables of the preset that it shows', () => {
  expect(toOrder({ invocation, isSentAnyway: false }, connection)).toEqual({ invocation, connection });
  const environment = { TABLE: 'orders' };
  const opened = { raw: { name: 'hello', FunctionName: 'f' }, store: 'file:///presets.json', index: 0, environment };
  expect(toOrder({ invocation, isSentAnyway: true }, connection, opened)).toEqual({
    invocation,
    connection,
    preset: { name: 'hello', store: 'file:///presets.json' },
    environment,
    isSentAnyway: true,
  });
});
