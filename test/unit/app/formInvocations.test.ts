import { describe, expect, test } from 'vitest';
import type { EndedInvocation } from '../../../src/app/invocations.ts';
import { reportUntil } from '../../../src/app/waits.ts';
import { message } from '../../../src/core/messages/messages.ts';
import { encode, openForm, orderOf, settled } from '../../support/formInvocations.ts';
import { succeeded } from '../../support/historyEntry.ts';

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

  test('show the payload file that was sent', async () => {
    const { form, outcomes, run } = openForm();
    await run('a', '1');
    expect(outcomes().at(-1)).not.toHaveProperty('payloadFile');
    const order = orderOf('');
    const invocation = { ...order.invocation, payload: { kind: 'file', uri: 'events/hello.json' } } as const;
    form.start('b', { ...order, invocation });
    await settled();
    expect(outcomes().at(-1)).toMatchObject({ invocationId: 'b', payloadFile: 'events/hello.json' });
    form.step(-1);
    expect(outcomes().at(-1)).not.toHaveProperty('payloadFile');
  });

  test('have the status code of an HTTP response that is no longer in memory', async () => {
    const { form, outcomes, run } = openForm({}, 100);
    await run('a', '{"statusCode":404}');
    await run('b', '2'.repeat(20));
    form.step(-1);
    expect(outcomes().at(-1)).toMatchObject({ invocationId: 'a', isDropped: true, statusCode: 404 });
  });

  test('have no log if it was requested, and only the history has the result', () => {
    const { form, outcomes } = openForm();
    const result = { outcome: { ...succeeded, notes: [message('bodiesInMemory')] } };
    for (const LogType of ['Tail', 'None'] as const) {
      const order = orderOf('1');
      form.show({ invocationId: LogType, order: { ...order, invocation: { ...order.invocation, LogType } }, result });
    }
    expect(outcomes().map(({ isDropped, isLogDropped }) => [isDropped, isLogDropped])).toEqual([
      [true, true],
      [true, undefined],
    ]);
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

  test('has the preset and its environment variables', async () => {
    const { form } = openForm();
    const preset = { name: 'hello', store: 'file:///presets.json' };
    form.start('a', { ...orderOf('1'), preset, environment: { TABLE: 'orders' } });
    await settled();
    form.repeat('b');
    await settled();
    expect(form.shown?.ended).toMatchObject({ invocationId: 'b', order: { preset, environment: { TABLE: 'orders' } } });
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
