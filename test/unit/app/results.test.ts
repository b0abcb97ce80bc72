import { expect, test } from 'vitest';
import type { EndedInvocation } from '../../../src/app/invocations.ts';
import { createResults, MAX_RESULTS, withoutBodies } from '../../../src/app/results.ts';
import type { PayloadSource } from '../../../src/core/invocation/invocation.ts';
import { message } from '../../../src/core/messages/messages.ts';
import type { Outcome } from '../../../src/core/outcome/outcome.ts';

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

test('the previous result is the one before the shown one', () => {
  const form = createResults().open();
  const previous = () => form.previous?.ended.invocationId;
  expect(previous()).toBeUndefined();
  for (const id of ['a', 'b', 'c']) form.add(ended(id));
  expect(previous()).toBe('b');
  form.step(-2);
  expect(previous()).toBeUndefined();
  form.step(1);
  expect(previous()).toBe('a');
  form.hide();
  expect(previous()).toBeUndefined();
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

test('the history keeps the results of closed forms, and of invocations without a form', () => {
  const results = createResults(1000);
  const form = results.open();
  const [a, b] = [ended('a', 300), ended('b', 300)];
  form.add(a);
  results.keep(a);
  results.keep(b);
  results.close(form);
  expect([results.recall('a'), results.recall('b')]).toEqual([a, b]);
  expect(results.recall('unknown')).toBeUndefined();
});

test('forms and the history share the limit, which includes each result once', () => {
  const results = createResults(1000);
  const form = results.open();
  for (const id of ['a', 'b', 'c']) {
    form.add(ended(id, 300));
    results.keep(ended(id, 300));
  }
  expect(['a', 'b', 'c'].map((id) => results.recall(id)?.invocationId)).toEqual(['a', 'b', 'c']);
  results.keep(ended('d', 500));
  expect(['a', 'b', 'c', 'd'].map((id) => results.recall(id)?.invocationId)).toEqual([undefined, undefined, 'c', 'd']);
  // The form still shows their outcomes.
  expect(form.all.map(({ isDropped }) => isDropped)).toEqual([true, true, false]);
});

test('the limit includes logs', () => {
  const results = createResults(1000);
  const one = ended('a');
  const logTail = { text: 'x'.repeat(400), isTruncated: false };
  results.keep({ ...one, result: { ...one.result, outcome: { ...one.result.outcome, logTail } as Outcome } });
  expect(results.recall('a')).toBeDefined();
  results.keep(ended('b', 300));
  expect(results.recall('a')).toBeUndefined();
});

test('a deleted result of the history is dropped, unless a form has it', () => {
  const results = createResults();
  const form = results.open();
  form.add(ended('a', 300));
  for (const id of ['a', 'b']) results.keep(ended(id, 300));
  results.forget(['a', 'b', 'unknown']);
  expect([results.find('a')?.isDropped, results.find('b')]).toEqual([false, undefined]);
  results.close(form);
  expect(results.find('a')).toBeUndefined();
});

test('a result that leaves its form stays in the history', () => {
  const results = createResults();
  const form = results.open();
  results.keep(ended('a', 300));
  for (let at = 0; at <= MAX_RESULTS; at++) form.add(ended(at === 0 ? 'a' : String(at)));
  expect(form.ids).not.toContain('a');
  expect(results.recall('a')?.result.Payload?.byteLength).toBe(300);
  results.forget(['a']);
  expect(results.find('a')).toBeUndefined();
});

test('the history has the text of an untitled editor, whose form has the editor', () => {
  const results = createResults();
  const form = results.open();
  const uri = 'untitled:Untitled-1';
  form.add(ended('a', 0, { kind: 'file', uri }));
  results.keep(ended('a', 0, { kind: 'typed', text: '{}' }));
  expect(form.shown?.ended.order.invocation.payload).toEqual({ kind: 'file', uri });
  expect(results.recall('a')?.order.invocation.payload).toEqual({ kind: 'typed', text: '{}' });
});

test('a form shows a note that bodies are gone, and the bodies when they are available again', () => {
  const results = createResults();
  const form = results.open();
  const note = message('bodiesNotStored');
  form.add(withoutBodies(ended('a', 300), note));
  expect(form.shown).toMatchObject({ isDropped: true, ended: { result: { outcome: { notes: [note] } } } });
  results.open().add(ended('a', 300));
  expect(form.shown).toMatchObject({ isDropped: false, ended: { result: { outcome: { notes: [] } } } });
});

test('whole logs count as bodies, and are dropped with those of the oldest results', () => {
  const results = createResults(1000);
  const form = results.open();
  const log = { text: 'x'.repeat(400), events: 1, isComplete: true, notes: [], logEvents: [] };
  form.add(ended('a', 100));
  form.add(ended('b', 100));
  results.addLog('a', log);
  expect([results.find('a')?.wholeLog, results.find('b')?.isDropped]).toEqual([log, false]);
  results.addLog('b', log);
  expect([results.find('a')?.wholeLog, results.find('b')?.wholeLog]).toEqual([undefined, log]);
  results.addLog('a', log);
  const dropped = results.find('a');
  expect([dropped?.isDropped, dropped?.wholeLog, results.find('b')?.wholeLog]).toEqual([true, log, undefined]);
  results.addLog('b', log);
  expect(results.find('a')?.ended.result.outcome.notes).toEqual([message('bodiesDropped')]);
  expect(() => results.addLog('unknown', log)).not.toThrow();
});
