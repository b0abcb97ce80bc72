import { describe, expect, test } from 'vitest';
import { ResponseStream } from '../../../src/app/responseStream.ts';
import { runInvocation, type RunDependencies } from '../../../src/app/runInvocation.ts';
import { reportUntil, type Wait } from '../../../src/app/waits.ts';
import type { Invocation } from '../../../src/core/invocation/invocation.ts';
import { InvokeError } from '../../../src/core/outcome/invokeError.ts';
import type { InvokeRequest } from '../../../src/core/invocation/invokeRequest.ts';
import { message } from '../../../src/core/messages/messages.ts';
import { NO_PROMPTS } from '../../support/noPrompts.ts';

const invocation: Invocation = {
  FunctionName: 'hello',
  InvocationType: 'RequestResponse',
  payload: { kind: 'typed', text: '{}' },
};
const order = { invocation, connection: { kind: 'local' } as const };
const address = { endpoint: 'http://127.0.0.1:1', accessKeyId: 'a', secretAccessKey: 'b' };

function setUp(changes: Partial<RunDependencies> = {}) {
  const sent: InvokeRequest[] = [];
  const dependencies: RunDependencies = {
    readPayload: () => Promise.resolve({ bytes: new TextEncoder().encode('{}'), notes: [message('bomDropped')] }),
    ...NO_PROMPTS,
    target: () => Promise.resolve({ kind: 'local', address }),
    maxRetries: () => 0,
    invoke: (request) => {
      sent.push(request);
      return Promise.resolve({ StatusCode: 200, Payload: new Uint8Array([0x31]), connection: { kind: 'local' } });
    },
    ...changes,
  };
  const abort = new AbortController();
  const { signal } = abort;
  const waits: (Wait | undefined)[] = [];
  const options = { signal, onWaitChange: (wait: Wait | undefined) => waits.push(wait) };
  return { sent, abort, waits, dependencies, run: (request = order) => runInvocation(request, dependencies, options) };
}

const never = () => new Promise<never>(() => undefined);

test.each<[string, Partial<RunDependencies>]>([
  ['the payload is read', { readPayload: never }],
  ['the confirmation is open', { confirm: never }],
  ['the connection is resolved', { target: never }],
  [
    'a sign-in is offered',
    {
      invoke: () => Promise.reject(new InvokeError(message('ssoLoginNeeded', 'dev'), { loginProfile: 'dev' })),
      signIn: never,
    },
  ],
])('stopping while %s ends the invocation at once, and nothing is sent', async (_, changes) => {
  const { sent, abort, run } = setUp(changes);
  const running = run();
  await new Promise((resolve) => setTimeout(resolve));
  abort.abort();
  expect((await running).outcome).toMatchObject({
    state: 'cancelled',
    reason: { code: 'cancelledBeforeSending' },
    nothingSent: true,
  });
  expect(sent).toEqual([]);
});

const signInNeeded = () => Promise.reject(new InvokeError(message('ssoLoginNeeded', 'dev'), { loginProfile: 'dev' }));
const response = { StatusCode: 200, Payload: new Uint8Array(), connection: { kind: 'local' } } as const;

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

test('a workspace that isn’t trusted is a failure with a remedy', async () => {
  const { run } = setUp({
    target: () => Promise.reject(new InvokeError(message('localNeedsTrust'), { needsTrust: true })),
  });
  expect((await run()).outcome).toMatchObject({ state: 'failed', remedy: { kind: 'manageTrust' } });
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
  expect((await run()).outcome.clientMs).toBeLessThan(250);
});

describe('runInvocation', () => {
  test('sends the fields and the payload once, and returns outcome and body', async () => {
    const { sent, run } = setUp();
    const { outcome, Payload, sent: sentBytes } = await run();
    expect(new TextDecoder().decode(sentBytes)).toBe('{}');
    expect(outcome).toMatchObject({ state: 'succeeded', StatusCode: 200, notes: [{ code: 'bomDropped' }] });
    expect([...(Payload ?? [])]).toEqual([0x31]);
    expect(sent).toEqual([
      { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new TextEncoder().encode('{}') },
    ]);
  });

  test('sends nothing if stopped before sending', async () => {
    const abort = new AbortController();
    const { sent, dependencies } = setUp({
      target: () => {
        abort.abort();
        return Promise.resolve({ kind: 'local', address });
      },
    });
    const { outcome } = await runInvocation(order, dependencies, { signal: abort.signal });
    expect(outcome).toMatchObject({ state: 'cancelled', reason: { code: 'cancelledBeforeSending' } });
    expect(sent).toEqual([]);
  });

  test('never retries a streamed response that has started, whatever the error', async () => {
    let count = 0;
    const { dependencies } = setUp({
      maxRetries: () => 3,
      invoke: async (_, { onChunk }) => {
        count++;
        await onChunk?.(new Uint8Array([0x31]));
        throw new InvokeError(message('TooManyRequestsException'), { resend: { reason: 'throttled' } });
      },
    });
    const streamed = { ...order, invocation: { ...invocation, InvokeMode: 'RESPONSE_STREAM' as const } };
    const options = { signal: new AbortController().signal, stream: new ResponseStream() };
    const { outcome } = await runInvocation(streamed, dependencies, options);
    expect(outcome).toMatchObject({ state: 'failed', reason: { code: 'TooManyRequestsException' } });
    expect(count).toBe(1);
  });

  test('validates the fields again, because the form isn’t trusted', async () => {
    const { sent, run } = setUp();
    const { outcome } = await run({ ...order, invocation: { ...invocation, FunctionName: 'two words' } });
    expect(outcome).toMatchObject({
      state: 'failed',
      reason: { code: 'invalid' },
      problems: [{ field: 'FunctionName' }],
    });
    expect(sent).toEqual([]);
  });

  test('rejects a payload that isn’t JSON, with its field', async () => {
    const bytes = new TextEncoder().encode('{');
    const { sent, run } = setUp({ readPayload: () => Promise.resolve({ bytes, notes: [] }) });
    expect((await run()).outcome).toMatchObject({
      state: 'failed',
      problems: [{ field: 'Payload', message: { code: 'payloadNotJson' } }],
    });
    expect(sent).toEqual([]);
  });

  test('without confirmation sends nothing and is canceled', async () => {
    const { sent, run } = setUp({ confirm: () => Promise.resolve(false) });
    expect((await run()).outcome).toMatchObject({ state: 'cancelled', reason: { code: 'notConfirmed' } });
    expect(sent).toEqual([]);
  });

  test.each([
    ['a dry run', { StatusCode: 204 }, []],
    ['a function that fails at once', { StatusCode: 200, FunctionError: 'Unhandled' }, []],
    ['an empty response', { StatusCode: 200 }, ['end']],
  ])('the file for a streamed response: %s', async (_, answer, expected) => {
    const done: string[] = [];
    const sink = {
      label: 'out.txt',
      write: () => Promise.resolve(void done.push('write')),
      end: () => Promise.resolve(void done.push('end')),
    };
    const { dependencies } = setUp({
      invoke: () => Promise.resolve({ Payload: new Uint8Array(), connection: { kind: 'local' }, ...answer }),
    });
    const { signal } = new AbortController();
    await runInvocation(order, dependencies, { signal, stream: new ResponseStream(sink) });
    expect(done).toEqual(expected);
  });

  test('an InvokeError results in its reason, exception and request ID', async () => {
    const exception = { name: 'TooManyRequestsException', message: 'Rate Exceeded.', StatusCode: 429 };
    const error = new InvokeError(message('CallerRateLimitExceeded'), { exception, requestId: 'r' });
    const { run } = setUp({ invoke: () => Promise.reject(error) });
    expect((await run()).outcome).toMatchObject({
      state: 'failed',
      reason: { code: 'CallerRateLimitExceeded' },
      exception,
      requestId: 'r',
    });
  });

  test('continues after a sign-in, once, and the total time excludes the sign-in', async () => {
    const needed = new InvokeError(message('ssoLoginNeeded', 'dev'), { loginProfile: 'dev' });
    const answer = { StatusCode: 200, Payload: new Uint8Array(), connection: { kind: 'local' } } as const;
    const profiles: string[] = [];
    let sent = 0;
    const { run } = setUp({
      invoke: () => (++sent === 1 ? Promise.reject(needed) : Promise.resolve(answer)),
      signIn: async (profile) => {
        profiles.push(profile);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return true;
      },
    });
    const { outcome } = await run();
    expect(outcome).toMatchObject({ state: 'succeeded', notes: [{ code: 'bomDropped' }, { code: 'loggedIn' }] });
    expect(outcome.clientMs).toBeLessThan(900);
    expect([profiles, sent]).toEqual([['dev'], 2]);
  });

  test.each([
    ['is canceled', 'cancelled', () => Promise.resolve(false), 1],
    ['didn’t help', 'failed', () => Promise.resolve(true), 2],
  ])('a sign-in that %s is reported without further attempts', async (_, state, signIn, attempts) => {
    const needed = new InvokeError(message('ssoLoginNeeded', 'dev'), { loginProfile: 'dev' });
    let sent = 0;
    const { run } = setUp({
      signIn,
      invoke: () => {
        sent++;
        return Promise.reject(needed);
      },
    });
    expect((await run()).outcome).toMatchObject({ state, reason: { code: 'ssoLoginNeeded' } });
    expect(sent).toBe(attempts);
  });

  test('an unexpected error is an outcome too', async () => {
    const { run } = setUp({ readPayload: () => Promise.reject(new RangeError('odd')) });
    expect((await run()).outcome).toMatchObject({ state: 'failed', reason: { code: 'unexpected', args: ['odd'] } });
  });
});
