import { expect, test } from 'vitest';
import { LastClosedForm } from '../../../src/app/lastClosedForm.ts';
import { createResults } from '../../../src/app/results.ts';
import { EMPTY_DRAFT, type Draft } from '../../../src/core/invocation/draft.ts';
import { message } from '../../../src/core/messages/messages.ts';

const order = {
  invocation: { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } },
  connection: { kind: 'local' },
} as const;
const outcome = { state: 'cancelled', reason: message('notConfirmed'), clientMs: 0, notes: [] } as const;

/** A form whose result has the same name. */
function createForms() {
  const results = createResults();
  const lastClosed = new LastClosedForm(results);
  const released: string[] = [];
  function form(FunctionName: string, draft: Draft = { ...EMPTY_DRAFT, FunctionName }) {
    const own = results.open();
    own.add({ invocationId: FunctionName, order, result: { outcome } });
    const release = () => void released.push(FunctionName);
    return { content: { draft, baseline: draft }, results: own, release };
  }
  const held = (...ids: string[]) => ids.filter((id) => results.find(id) !== undefined);
  return { lastClosed, form, held, released };
}

test('the form that was closed last is reopened once, with its results', () => {
  const { lastClosed, form, held } = createForms();
  const [first, second] = [form('first'), form('second')];
  lastClosed.remember(first);
  expect(held('first', 'second')).toEqual(['first', 'second']);
  lastClosed.remember(second);
  expect(held('first', 'second')).toEqual(['second']);
  expect(lastClosed.take()).toBe(second);
  expect(lastClosed.take()).toBeUndefined();
  expect(second.results.shown?.ended.invocationId).toBe('second');
});

test('an empty form doesn’t replace one with content, and its results are dropped', () => {
  const { lastClosed, form, held } = createForms();
  const first = form('first');
  lastClosed.remember(first);
  lastClosed.remember(form('empty', EMPTY_DRAFT));
  expect(held('first', 'empty')).toEqual(['first']);
  expect(lastClosed.take()).toBe(first);
});

test('only the form that can be reopened follows its payload file', () => {
  const { lastClosed, form, released } = createForms();
  lastClosed.remember(form('first'));
  lastClosed.remember(form('empty', EMPTY_DRAFT));
  expect(released).toEqual(['empty']);
  lastClosed.remember(form('second'));
  expect(released).toEqual(['empty', 'first']);
  lastClosed.take();
  expect(released).toEqual(['empty', 'first', 'second']);
});

test('a reopened form that is empty when it is closed isn’t remembered', () => {
  const { lastClosed, form } = createForms();
  lastClosed.remember(form('first'));
  lastClosed.take();
  lastClosed.remember(form('emptied', EMPTY_DRAFT));
  expect(lastClosed.take()).toBeUndefined();
});
