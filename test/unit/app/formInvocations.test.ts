import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FormInvocations } from '../../../src/app/formInvocations.ts';
import { Invocations, type EndedInvocation } from '../../../src/app/invocations.ts';
import { createResults } from '../../../src/app/results.ts';
import { InvokeError } from '../../../src/core/outcome/invokeError.ts';
import { reportUntil } from '../../../src/app/waits.ts';
import type { InvocationOrder, RunDependencies } from '../../../src/app/runInvocation.ts';
import type { ToForm } from '../../../src/protocol/messages.ts';
import { NO_PROMPTS } from '../../support/noPrompts.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function orderOf(text: string): InvocationOrder {
  const invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse' } as const;
  return { invocation: { ...invocation, payload: { kind: 'typed', text } }, connection: { kind: 'local' } };
}

/** The invocations of a form whose function returns its payload. `maxBytes` limits the bodies. */
function openForm(changes: Partial<RunDependencies> = {}, maxBytes?: number) {
  const posted: ToForm[] = [];
  const sent: string[] = [];
  const focusReturns: (string | undefined)[] = [];
  const invocations = new Invocations({
    readPayload: (source) => Promise.resolve({ bytes: encode(source.kind === 'typed' ? source.text : ''), notes: [] }),
    ...NO_PROMPTS,
    target: () => Promise.resolve({ kind: 'aws' }),
    maxRetries: () => 0,
    invoke: ({ Payload }) => {
      sent.push(new TextDecoder().decode(Payload));
      return Promise.resolve({ StatusCode: 200, Payload, connection: { kind: 'local' } });
    },
    ...changes,
  });
  const noop = () => undefined;
  const form = new FormInvocations({
    services: {
      post: (message) => posted.push(message),
      postLog: noop,
      findFrames: noop,
      notifyOutcome: noop,
      invocationEnded: noop,
      returnFocus: () => focusReturns.push(outcomes().at(-1)?.outcome.state),
    },
    invocations,
    results: createResults(maxBytes).open(),
    isReady: () => true,
  });
  const outcomes = () => posted.flatMap((message) => (message.type === 'outcome' ? [message] : []));
  const last = () => {
    const { invocationId, position, outcome } = outcomes().at(-1) ?? {};
    return [invocationId, outcome?.state, position];
  };
  const run = async (id: string, text: string) => {
    form.start(id, orderOf(text));
    await settled();
  };
  return { form, posted, sent, focusReturns, outcomes, last, run };
}

/** Waits for pending promises. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the results of a form', () => {
  test('are walked with their bodies, and a new invocation shows the newest', async () => {
    const { form, posted, last, run } = openForm();
    for (const [id, text] of Object.entries({ a: '1', b: '22', c: '333' })) await run(id, text);
    expect(last()).toEqual(['c', 'succeeded', { number: 3, count: 3 }]);
    form.step(-2);
    expect(last()).toEqual(['a', 'succeeded', { number: 1, count: 3 }]);
    expect(posted.at(-1)).toMatchObject({ type: 'outcome', invocationId: 'a', response: { bytes: encode('1') } });
    await run('d', '4');
    expect(last()).toEqual(['d', 'succeeded', { number: 4, count: 4 }]);
  });

  test('stay where they are at both ends', async () => {
    const { form, posted, run } = openForm();
    await run('a', '1');
    posted.length = 0;
    form.step(1);
    form.step(-1);
    expect(posted).toEqual([]);
  });

  test('include what enters from outside', async () => {
    const { form, last, run } = openForm();
    await run('a', '1');
    const outcome = { state: 'failed', reason: { code: 'unexpected', args: [] }, clientMs: 0, notes: [] } as const;
    const ended: EndedInvocation = { invocationId: 'preset', order: orderOf('2'), result: { outcome } };
    form.show(ended);
    expect(last()).toEqual(['preset', 'failed', { number: 2, count: 2 }]);
    form.step(-1);
    expect(last()).toEqual(['a', 'succeeded', { number: 1, count: 2 }]);
  });

  test('are posted again to a page that has loaded again', async () => {
    const { form, posted, last, run } = openForm();
    await run('a', '1');
    posted.length = 0;
    form.postAll();
    expect(last()).toEqual(['a', 'succeeded', { number: 1, count: 1 }]);
    expect(posted.map(({ type }) => type)).toEqual(['streamFile', 'outcome']);
    expect(posted[1]).toMatchObject({ response: { bytes: encode('1') } });
  });

  test('say when a response is no longer in memory', async () => {
    const { form, posted, outcomes, last, run } = openForm({}, 100);
    await run('a', '1'.repeat(20));
    await run('b', '2'.repeat(20));
    posted.length = 0;
    form.step(-1);
    form.postSent();
    expect(outcomes()[0]).toMatchObject({ invocationId: 'a', isDropped: true });
    expect(posted.map(({ type }) => type)).toEqual(['outcome', 'sent']);
    expect(posted[1]).toMatchObject({ isDropped: true, byteLength: 0 });
    posted.length = 0;
    expect(() => form.repeat('c')).toThrow('no longer in memory');
    // The page has dimmed the result until the host answers.
    expect(last()).toEqual(['a', 'succeeded', { number: 1, count: 2 }]);
  });
});

describe('Repeat', () => {
  test('runs the shown order again, with another ID', async () => {
    const { form, sent, last, run } = openForm();
    await run('a', '1');
    await run('b', '2');
    form.step(-1);
    form.repeat('c');
    await settled();
    expect(sent).toEqual(['1', '2', '1']);
    expect(last()).toEqual(['c', 'succeeded', { number: 3, count: 3 }]);
  });

  test('is confirmed again', async () => {
    let confirmed = 0;
    const { form } = openForm({
      confirm: () => {
        confirmed++;
        return Promise.resolve(true);
      },
    });
    form.start('a', { ...orderOf('1'), isConfirmed: true });
    await settled();
    form.repeat('b');
    await settled();
    expect(confirmed).toBe(1);
  });

  test('sends nothing while an invocation runs, twice with the same ID, or without a result', async () => {
    const { form, sent, run } = openForm();
    form.repeat('x');
    await run('a', '1');
    form.repeat('b');
    form.repeat('c');
    await settled();
    form.repeat('b');
    await settled();
    expect(sent).toEqual(['1', '1']);
  });
});

test('Try Again after variables without values lets the form invoke again, and never repeats an earlier result', async () => {
  const { form, posted, sent, last, run } = openForm();
  await run('a', '1');
  const nothingSent = { nothingSent: true, clientMs: 0, notes: [] } as const;
  form.refuse('b', { state: 'cancelled', reason: { code: 'notConfirmed', args: [] }, ...nothingSent });
  expect(last()).toEqual(['b', 'cancelled', undefined]);
  posted.length = 0;
  form.repeat('c');
  await settled();
  // The page has dimmed the result, and sends nothing if the form has errors.
  expect(last()).toEqual(['b', 'cancelled', undefined]);
  expect([posted.at(-1), sent]).toEqual([{ type: 'invoke' }, ['1']]);
  form.postAll();
  expect(last()).toEqual(['b', 'cancelled', undefined]);
  form.step(-1);
  expect(last()).toEqual(['a', 'succeeded', { number: 1, count: 1 }]);
});

test('the sent payload is posted up to 256 kB, with its whole size', async () => {
  const { form, posted, run } = openForm();
  const text = JSON.stringify('x'.repeat(300_000));
  await run('a', text);
  form.postSent();
  const sent = posted.at(-1);
  expect(sent?.type === 'sent' && [sent.invocationId, sent.bytes.byteLength, sent.byteLength]).toEqual([
    'a',
    262_144,
    300_002,
  ]);
});

describe('while an invocation waits', () => {
  test('the wait is posted at once, without a clock, and the running state soon after the answer', async () => {
    let answer: ((isConfirmed: boolean) => void) | undefined;
    const { form, outcomes, run, last } = openForm({
      confirm: (_, __, reportPrompt) =>
        reportUntil(new Promise<boolean>((resolve) => (answer = resolve)), 'confirmation', reportPrompt),
      invoke: () => new Promise(() => undefined),
    });
    await run('a', '1');
    expect(outcomes().map(({ outcome }) => outcome)).toEqual([
      { state: 'waiting', waitingFor: { kind: 'confirmation' }, isStopping: false },
    ]);
    answer?.(true);
    await expect.poll(last).toEqual(['a', 'running', undefined]);
    form.stopWaiting();
    expect(outcomes().at(-1)?.outcome).toMatchObject({ state: 'running', isStopping: true });
  });

  test('the running state isn’t posted if the answer is no', async () => {
    let answer: ((isConfirmed: boolean) => void) | undefined;
    const { outcomes, run } = openForm({
      confirm: (_, __, reportPrompt) =>
        reportUntil(new Promise<boolean>((resolve) => (answer = resolve)), 'confirmation', reportPrompt),
    });
    await run('a', '1');
    answer?.(false);
    await expect.poll(() => outcomes().map(({ outcome }) => outcome.state)).toEqual(['waiting', 'cancelled']);
  });

  test('the previous result stays the shown one', async () => {
    let isPrompting = false;
    const { form, posted, outcomes, run } = openForm({
      confirm: (_, __, reportPrompt) =>
        isPrompting
          ? reportUntil(new Promise<boolean>(() => undefined), 'confirmation', reportPrompt)
          : Promise.resolve(true),
    });
    await run('a', '1');
    isPrompting = true;
    await run('b', '2');
    expect(outcomes().at(-1)).toMatchObject({ outcome: { state: 'waiting' }, position: { number: 1, count: 1 } });
    expect(form.shown?.ended.invocationId).toBe('a');
    posted.length = 0;
    form.postAll();
    expect(outcomes().map(({ invocationId, outcome }) => [invocationId, outcome.state])).toEqual([
      ['a', 'succeeded'],
      ['b', 'waiting'],
    ]);
  });
});

describe('the focus', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const answered = (isConfirmed: boolean): Pick<RunDependencies, 'confirm'> => ({
    confirm: (_, __, reportPrompt) => reportUntil(Promise.resolve(isConfirmed), 'confirmation', reportPrompt),
  });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  test('returns to the form soon after a confirmation', async () => {
    const { form, sent, focusReturns } = openForm(answered(true));
    form.start('a', orderOf('1'));
    await pass(100);
    expect([sent, focusReturns]).toEqual([['1'], []]);
    await pass(1000);
    expect(focusReturns).toEqual(['succeeded']);
  });

  test('returns after a declined confirmation, and after a declined sign-in', async () => {
    const expired = new InvokeError({ code: 'notConfirmed', args: [] }, { loginProfile: 'corp' });
    const signIn = { invoke: () => Promise.reject(expired), signIn: () => Promise.resolve(false) };
    for (const changes of [answered(false), signIn]) {
      const { form, last, focusReturns } = openForm(changes);
      form.start('a', orderOf('1'));
      await pass(1000);
      expect(last()[1]).toBe('cancelled');
      expect(focusReturns).toEqual(['cancelled']);
    }
  });

  test('stays with a prompt that follows the confirmation', async () => {
    const { form, focusReturns } = openForm({
      ...answered(true),
      invoke: (_request, { onPrompt }) => {
        onPrompt?.(true);
        return new Promise(() => undefined);
      },
    });
    form.start('a', orderOf('1'));
    await pass(1000);
    expect(focusReturns).toEqual([]);
  });

  test('stays if the form was closed during the confirmation, or nothing was asked', async () => {
    const closed = openForm(answered(true));
    closed.form.start('a', orderOf('1'));
    closed.form.dispose();
    const unasked = openForm();
    unasked.form.start('a', orderOf('1'));
    await pass(1000);
    expect([closed.sent, closed.focusReturns]).toEqual([['1'], []]);
    expect([unasked.sent, unasked.focusReturns]).toEqual([['1'], []]);
  });
});
