import { expect, test } from 'vitest';
import type { Connection } from '../../../../src/core/connection/connection.ts';
import { FormReadResults } from '../../../../src/host/form/formReadResults.ts';
import type { ToForm } from '../../../../src/protocol/messages.ts';

function setUp() {
  const posted: ToForm[] = [];
  const state = { connection: { kind: 'aws', profile: 'dev' } as Connection, isVisible: true };
  const answers = new FormReadResults({
    connection: () => state.connection,
    isVisible: () => state.isVisible,
    post: (message) => posted.push(message),
  });
  return { posted, state, answers };
}

const chosen: ToForm = { type: 'functionChosen', FunctionName: 'orders' };
const facts: ToForm = { type: 'facts', FunctionName: 'orders' };

test('a result is posted only for its connection, whatever the order of the properties', () => {
  const { posted, state, answers } = setUp();
  const take = answers.take({ kind: 'aws', region: 'eu-west-1', profile: 'dev' });
  take(chosen);
  expect(posted).toEqual([]);
  state.connection = { kind: 'aws', profile: 'dev', region: 'eu-west-1' };
  take(chosen);
  expect(posted).toEqual([chosen]);
});

test('a result for a hidden form is posted when the form is visible', () => {
  const { posted, state, answers } = setUp();
  state.isVisible = false;
  answers.take(state.connection)(chosen);
  expect(posted).toEqual([]);
  answers.again();
  answers.again();
  expect(posted).toEqual([chosen]);
});

test('known facts are posted again to a form that becomes visible, unless its connection changed', () => {
  const { posted, state, answers } = setUp();
  answers.take(state.connection)(facts);
  answers.again();
  expect(posted).toEqual([facts, facts]);
  state.connection = { kind: 'local' };
  answers.again();
  expect(posted).toHaveLength(2);
  answers.keep(state.connection);
  state.connection = { kind: 'aws', profile: 'dev' };
  answers.again();
  expect(posted).toHaveLength(2);
});

test('a late result of an older read is ignored', () => {
  const { posted, state, answers } = setUp();
  const older = answers.take(state.connection);
  const newer = answers.take(state.connection);
  const answer = (Timeout: number): ToForm => ({
    ...facts,
    type: 'facts',
    FunctionName: 'orders',
    facts: { FunctionName: 'orders', Timeout, isDurable: false, notes: [] },
  });
  older(facts);
  newer(facts);
  newer(answer(2));
  older(answer(1));
  expect(posted).toEqual([facts, facts, answer(2)]);
  answers.again();
  expect(posted.at(-1)).toEqual(answer(2));
});
