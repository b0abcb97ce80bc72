import { expect, test } from 'vitest';
import type { EndedInvocation } from '../../../src/app/invocations.ts';
import { createResults, MAX_RESULTS } from '../../../src/app/results.ts';
import type { PayloadSource } from '../../../src/core/invocation/invocation.ts';

function ended(invocationId: string, bytes = 0, payload: PayloadSource = { kind: 'none' }): EndedInvocation {
  const invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload } as const;
  const body = { connection: { kind: 'local' }, StatusCode: 200, responseBytes: bytes } as const;
  return {
    invocationId,
    order: { invocation, connection: { kind: 'local' } },
    result: {
      outcome: { state: 'succeeded', ...body, clientMs: 1, notes: [] },
      Payload: new Uint8Array(bytes),
      sent: new Uint8Array(),
    },
  };
}

test('a form holds its last ten results', () => {
  const form = createResults().open();
  for (let at = 1; at <= MAX_RESULTS + 2; at++) form.add(ended(String(at)));
  expect(form.all.map(({ ended: { invocationId } }) => invocationId)).toEqual([
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
    '12',
  ]);
  expect(form.position).toEqual({ number: 10, count: 10 });
});

test('steps through the results and stops at both ends', () => {
  const form = createResults().open();
  expect([form.step(-1), form.shown, form.position]).toEqual([false, undefined, undefined]);
  for (const id of ['a', 'b', 'c']) form.add(ended(id));
  expect([form.step(-1), form.position]).toEqual([true, { number: 2, count: 3 }]);
  expect([form.step(-5), form.shown?.ended.invocationId]).toEqual([true, 'a']);
  expect([form.step(-1), form.position]).toEqual([false, { number: 1, count: 3 }]);
  expect([form.step(9), form.position]).toEqual([true, { number: 3, count: 3 }]);
  expect(form.step(1)).toBe(false);
});

test('a new result is shown, whichever was shown before', () => {
  const form = createResults().open();
  for (const id of ['a', 'b', 'c']) form.add(ended(id));
  form.step(-2);
  form.add(ended('d'));
  expect(form.position).toEqual({ number: 4, count: 4 });
});

test('a result that is added again is shown again', () => {
  const form = createResults().open();
  for (const id of ['a', 'b']) form.add(ended(id));
  form.add(ended('a'));
  expect(form.position).toEqual({ number: 1, count: 2 });
});

test('a hidden result is reached by one step back', () => {
  const form = createResults().open();
  for (const id of ['a', 'b']) form.add(ended(id));
  form.hide();
  expect([form.shown, form.position]).toEqual([undefined, undefined]);
  expect([form.step(-1), form.shown?.ended.invocationId]).toEqual([true, 'b']);
});

test('the oldest bodies of all forms are dropped when they exceed the limit, and a note says so', () => {
  const results = createResults(1000);
  const [one, other] = [results.open(), results.open()];
  one.add(ended('a', 400));
  other.add(ended('b', 400));
  one.add(ended('c', 300));
  expect(one.all.map(({ isDropped }) => isDropped)).toEqual([true, false]);
  expect(other.shown?.isDropped).toBe(false);
  const { outcome, Payload, sent } = results.find('a')?.ended.result ?? {};
  expect(outcome).toMatchObject({ state: 'succeeded', responseBytes: 400, notes: [{ code: 'bodiesDropped' }] });
  expect([Payload, sent]).toEqual([undefined, undefined]);
  one.add(ended('d', 700));
  expect([results.find('b')?.isDropped, results.find('c')?.isDropped]).toEqual([true, false]);
});

test('inline payloads are bodies too', () => {
  const results = createResults(1000);
  const form = results.open();
  form.add(ended('a', 0, { kind: 'typed', text: 'x'.repeat(300) }));
  form.add(ended('b', 500));
  const held = results.find('a');
  expect(held?.isDropped).toBe(true);
  expect(held?.ended.order.invocation.payload).toEqual({ kind: 'typed', text: '' });
});

test('the results of a closed form are dropped', () => {
  const results = createResults(1000);
  const [one, other] = [results.open(), results.open()];
  one.add(ended('a', 900));
  results.close(one);
  other.add(ended('b', 900));
  expect(results.find('a')).toBeUndefined();
  expect(results.find('b')?.isDropped).toBe(false);
});
