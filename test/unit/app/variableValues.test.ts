import { expect, test } from 'vitest';
import { variableValues } from '../../../src/app/variableValues.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';

const SOURCES = {
  environment: { STAGE: 'test', AWS_SECRET_ACCESS_KEY: 'SECRET-long-enough', COPY: 'x SECRET-long-enough' },
  envMissing: 'cliEnvMissing',
  folder: () => '/shop',
  input: (name: string) => `${name}!`,
  newId: () => crypto.randomUUID(),
} as const;

test('each variable has its value', () => {
  const valueOf = variableValues(SOURCES);
  expect(valueOf({ kind: 'env', name: 'STAGE' })).toBe('test');
  expect(valueOf({ kind: 'input', name: 'Name' })).toBe('Name!');
  expect(valueOf({ kind: 'workspaceFolder' })).toBe('/shop');
});

test('all times are the same, and all IDs differ', async () => {
  const valueOf = variableValues(SOURCES);
  const now = valueOf({ kind: 'now' });
  await expect.poll(() => new Date().toISOString()).not.toBe(now);
  expect(valueOf({ kind: 'now' })).toBe(now);
  expect(valueOf({ kind: 'uuid' })).not.toBe(valueOf({ kind: 'uuid' }));
});

test('a variable that is not set, or has a key, has no value', async () => {
  const valueOf = variableValues(SOURCES);
  const reasonOf = async (name: string) => {
    const value = Promise.resolve().then(() => valueOf({ kind: 'env', name }));
    return (await catchInvokeError(value)).reason.code;
  };
  expect(await reasonOf('MISSING')).toBe('cliEnvMissing');
  expect(await reasonOf('COPY')).toBe('variableSecret');
});
