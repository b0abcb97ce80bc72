import { describe, expect, test, vi } from 'vitest';
import { findProtection, type Identify } from '../../../src/app/protection.ts';
import type { Connection, ConnectionView } from '../../../src/core/connection/connection.ts';
import { message } from '../../../src/core/messages/messages.ts';
import { InvokeError } from '../../../src/core/outcome/invokeError.ts';

const DEV: Connection = { kind: 'aws', profile: 'dev' };
const IDENTITY = { accountId: '123456789012', arn: 'arn:aws:iam::123456789012:user/me', name: 'me' };

interface Setup {
  readonly patterns: readonly string[];
  readonly connection?: Connection;
  readonly view?: Partial<ConnectionView>;
  readonly identify?: Identify;
  readonly InvocationType?: 'RequestResponse' | 'DryRun';
}

function find({ patterns, connection = DEV, view = {}, identify, InvocationType = 'RequestResponse' }: Setup) {
  const lookUp = vi.fn<Identify>(identify ?? (() => Promise.resolve(IDENTITY)));
  const profile = connection.kind === 'local' ? 'Local' : 'dev';
  const protection = findProtection(
    { invocation: { FunctionName: 'orders', InvocationType }, connection, profile },
    {
      patterns,
      describe: () => Promise.resolve({ ...connection, ...view } as ConnectionView),
      identify: lookUp,
      signal: new AbortController().signal,
      reportPrompt: () => undefined,
    },
  );
  return { protection, lookUp };
}

describe('the account is looked up', () => {
  test('only if a pattern could be one', async () => {
    const { protection, lookUp } = find({ patterns: ['prod*', 'payments'] });
    expect(await protection).toBeUndefined();
    expect(lookUp).not.toHaveBeenCalled();
  });

  test('only if no other pattern matches', async () => {
    const { protection, lookUp } = find({ patterns: ['123456789012', 'ord*'] });
    expect(await protection).toMatchObject({ pattern: 'ord*' });
    expect(lookUp).not.toHaveBeenCalled();
  });

  test('only if the config does not have it', async () => {
    const { protection, lookUp } = find({ patterns: ['123456789012'], view: { accountId: '123456789012' } });
    expect(await protection).toMatchObject({ pattern: '123456789012' });
    expect(lookUp).not.toHaveBeenCalled();
  });

  test('never for Local and for a dry run', async () => {
    for (const setup of [{ connection: { kind: 'local' } }, { InvocationType: 'DryRun' }] as const) {
      const { protection, lookUp } = find({ patterns: ['123456789012'], ...setup });
      expect(await protection).toBeUndefined();
      expect(lookUp).not.toHaveBeenCalled();
    }
  });
});

test('an account that was looked up is protected if a pattern matches it', async () => {
  const account = { accountId: '123456789012', role: 'me' };
  expect(await find({ patterns: ['1234*'] }).protection).toMatchObject({ pattern: '1234*', account });
  expect(await find({ patterns: ['999988887777'] }).protection).toBeUndefined();
});

test('an unknown account could be protected, and the reason is reported', async () => {
  const reason = new InvokeError(message('credentialsMissing', 'dev', ''));
  const { protection } = find({ patterns: ['prod', '999988887777'], identify: () => Promise.reject(reason) });
  expect(await protection).toMatchObject({ pattern: '999988887777', account: { unknown: reason } });
});
