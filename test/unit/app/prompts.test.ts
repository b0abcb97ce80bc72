import { describe, expect, test } from 'vitest';
import { createKnownFunctions } from '../../../src/core/functions/knownFunctions.ts';
import type { RunDependencies } from '../../../src/app/runInvocation.ts';
import { reportUntil } from '../../../src/app/waits.ts';
import { InvokeError } from '../../../src/core/outcome/invokeError.ts';
import { message } from '../../../src/core/messages/messages.ts';
import { invocation, order, response, setUp, signInNeeded } from '../../support/invocationRun.ts';

describe('what an invocation waits for', () => {
  test('the confirmation, from when its dialog opens', async () => {
    const { run, waits } = setUp({
      confirm: async (_, __, reportPrompt) => {
        await Promise.resolve();
        expect(waits).toEqual([]);
        return reportUntil(Promise.resolve(true), 'confirmation', reportPrompt);
      },
    });
    await run();
    expect(waits).toEqual([{ kind: 'confirmation' }, undefined]);
  });

  test('whether to save the payload file', async () => {
    const payload = { bytes: new TextEncoder().encode('{}'), notes: [] };
    const { run, waits } = setUp({
      readPayload: (_, reportPrompt) => reportUntil(Promise.resolve(payload), 'confirmation', reportPrompt),
    });
    await run();
    expect(waits).toEqual([{ kind: 'confirmation' }, undefined]);
  });

  test('an MFA code, the sign-in and a retry', async () => {
    let attempt = 0;
    const { run, waits } = setUp({
      maxRetries: () => 1,
      knownFunctions: createKnownFunctions(),
      signIn: () => Promise.resolve(true),
      invoke: (_, { onPrompt }) => {
        attempt++;
        onPrompt?.(true);
        onPrompt?.(false);
        if (attempt === 1) return signInNeeded();
        if (attempt > 2) return Promise.resolve(response);
        const resend = { reason: 'throttled', retryAfterMs: 1 } as const;
        return Promise.reject(new InvokeError(message('TooManyRequestsException'), { resend }));
      },
    });
    expect((await run()).outcome.state).toBe('succeeded');
    expect(waits.map((wait) => wait?.kind)).toEqual([
      'mfaCode',
      undefined,
      'signIn',
      undefined,
      'mfaCode',
      undefined,
      'retry',
      undefined,
      'mfaCode',
      undefined,
    ]);
    expect(waits[2]).toEqual({ kind: 'signIn', profile: 'dev' });
  });
});

describe('a prompt that is declined', () => {
  test.each<[string, Partial<RunDependencies>, object]>([
    ['the confirmation', { confirm: () => Promise.resolve(false) }, { declined: 'confirmation' }],
    [
      'the MFA code',
      { invoke: () => Promise.reject(new InvokeError(message('mfaCancelled', 'serial'), { declined: 'mfaCode' })) },
      { declined: 'mfaCode' },
    ],
    [
      'the sign-in',
      { invoke: signInNeeded, signIn: () => Promise.resolve(false) },
      { declined: 'signIn', remedy: { kind: 'signIn', profile: 'dev' }, reason: { code: 'ssoLoginNeeded' } },
    ],
    [
      'the sign-in in the browser',
      {
        invoke: signInNeeded,
        signIn: () => Promise.reject(new InvokeError(message('ssoCancelled'), { declined: 'signIn' })),
      },
      { declined: 'signIn', remedy: { kind: 'signIn', profile: 'dev' }, reason: { code: 'ssoCancelled' } },
    ],
  ])('%s cancels the invocation, and nothing was sent', async (_, changes, expected) => {
    const { outcome, sent } = await setUp(changes).run();
    expect(outcome).toMatchObject({ state: 'cancelled', nothingSent: true, ...expected });
    expect(new TextDecoder().decode(sent)).toBe('{}');
  });

  test('after a rejected attempt, something was sent', async () => {
    let attempt = 0;
    const { run } = setUp({
      invoke: () => {
        const isFirst = ++attempt === 1;
        const details = isFirst ? ({ resend: { reason: 'tailRefused' } } as const) : ({ declined: 'mfaCode' } as const);
        return Promise.reject(new InvokeError(message('mfaCancelled', 'serial'), details));
      },
    });
    const { outcome } = await run({ ...order, invocation: { ...invocation, LogType: 'Tail' } });
    expect(outcome).toMatchObject({ state: 'cancelled', declined: 'mfaCode', attempts: 2 });
    expect(outcome).not.toHaveProperty('nothingSent');
  });
});

test('a sign-in that fails can be tried again', async () => {
  const { run } = setUp({
    invoke: signInNeeded,
    signIn: () => Promise.reject(new InvokeError(message('ssoExpired'))),
  });
  const remedy = { kind: 'signIn', profile: 'dev' };
  expect((await run()).outcome).toMatchObject({ state: 'failed', reason: { code: 'ssoExpired' }, remedy });
});

test('a failure after a sign-in offers no other sign-in', async () => {
  let sent = 0;
  const { run } = setUp({
    signIn: () => Promise.resolve(true),
    invoke: () => (++sent === 1 ? signInNeeded() : Promise.reject(new InvokeError(message('accessDenied')))),
  });
  const { outcome } = await run();
  expect(outcome).toMatchObject({ state: 'failed', reason: { code: 'accessDenied' } });
  expect(outcome).not.toHaveProperty('remedy');
});

test('the total time excludes the time of prompts', async () => {
  const { run } = setUp({
    invoke: async (_, { onPrompt }) => {
      onPrompt?.(true);
      await new Promise((resolve) => setTimeout(resolve, 300));
      onPrompt?.(false);
      return { StatusCode: 200, Payload: new Uint8Array(), connection: { kind: 'local' } };
    },
  });
  const start = performance.now();
  const { outcome } = await run();
  expect(performance.now() - start - outcome.clientMs).toBeGreaterThan(295);
});
