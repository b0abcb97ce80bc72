import { describe, expect, test } from 'vitest';
import { ResponseStream } from '../../../src/app/responseStream.ts';
import { runInvocation, type RunDependencies } from '../../../src/app/runInvocation.ts';
import { InvokeError } from '../../../src/core/outcome/invokeError.ts';
import { message } from '../../../src/core/messages/messages.ts';
import { verdictOf } from '../../../src/core/outcome/verdict.ts';
import { address, invocation, order, response, setUp, signInNeeded } from '../../support/invocationRun.ts';

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

test('a payload that was read before is sent, and is not read again', async () => {
  const { sent, dependencies, abort } = setUp({ readPayload: () => Promise.reject(new Error('read again')) });
  const payload = { bytes: new TextEncoder().encode('[1]'), notes: [message('unsavedNotSent')] };
  const { outcome } = await runInvocation(order, dependencies, { signal: abort.signal, payload });
  expect(sent.map(({ Payload }) => new TextDecoder().decode(Payload))).toEqual(['[1]']);
  expect(outcome.notes).toEqual(payload.notes);
});

test('a workspace that isn’t trusted is a failure with a remedy', async () => {
  const { run } = setUp({
    target: () => Promise.reject(new InvokeError(message('localNeedsTrust'), { needsTrust: true })),
  });
  expect((await run()).outcome).toMatchObject({ state: 'failed', remedy: { kind: 'manageTrust' } });
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

  test('sends nothing without the environment variables that an invocation had', async () => {
    const { sent, run } = setUp();
    const preset = { name: 'orders', store: 'file:///presets.json' };
    const stored = { ...order, preset, lacksEnvironment: true } as const;
    const { outcome } = await run(stored);
    expect(outcome).toMatchObject({ state: 'failed', reason: { code: 'environmentGone', args: ['orders'] } });
    expect(verdictOf(outcome).label).toBe('notSent');
    expect(sent).toEqual([]);
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
    const profiles: string[] = [];
    let sent = 0;
    const { run } = setUp({
      invoke: () => (++sent === 1 ? signInNeeded() : Promise.resolve(response)),
      signIn: async (profile) => {
        profiles.push(profile);
        await new Promise((resolve) => setTimeout(resolve, 300));
        return true;
      },
    });
    const start = performance.now();
    const { outcome } = await run();
    expect(outcome).toMatchObject({ state: 'succeeded', notes: [{ code: 'bomDropped' }, { code: 'loggedIn' }] });
    expect(performance.now() - start - outcome.clientMs).toBeGreaterThan(295);
    expect([profiles, sent]).toEqual([['dev'], 2]);
  });

  test.each([
    ['is canceled', 'cancelled', () => Promise.resolve(false), 1],
    ['didn’t help', 'failed', () => Promise.resolve(true), 2],
  ])('a sign-in that %s is reported without further attempts', async (_, state, signIn, attempts) => {
    let sent = 0;
    const { run } = setUp({
      signIn,
      invoke: () => {
        sent++;
        return signInNeeded();
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
