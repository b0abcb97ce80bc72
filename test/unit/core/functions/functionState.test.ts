import { LastUpdateStatusReasonCode, State, StateReasonCode } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { FunctionFacts } from '../../../../src/core/functions/functionFacts.ts';
import { describeReason, factWarnings } from '../../../../src/core/functions/functionState.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

const facts = (fields: Partial<FunctionFacts>): FunctionFacts => ({
  FunctionName: 'orders',
  isDurable: false,
  notes: [],
  ...fields,
});
const warnings = (fields: Partial<FunctionFacts>) =>
  factWarnings(facts(fields), { FunctionName: 'orders' }).map(({ field, message }) => `${field}: ${message.code}`);

test.each([...new Set([...Object.values(StateReasonCode), ...Object.values(LastUpdateStatusReasonCode)])])(
  'the reason code %s of the service model has a sentence',
  (code) => {
    const reason = describeReason(code);
    expect(reason && toSentence(reason)).toMatch(/^[A-Z].*\.$/);
  },
);

test('an unknown reason code has no message, even if every object has a member of that name', () => {
  expect([describeReason('SomethingNew'), describeReason('constructor'), describeReason('')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('every state of the service model but Active has a warning, and an unknown state has none', () => {
  const warned = Object.fromEntries(
    [...Object.values(State), 'New'].map((state) => [state, warnings({ State: state })]),
  );
  expect(warned).toEqual({
    Active: [],
    ActiveNonInvocable: ['FunctionName: stateNotInvocable'],
    Deactivated: ['FunctionName: stateDeactivated'],
    Deactivating: ['FunctionName: stateDeactivating'],
    Deleting: ['FunctionName: stateDeleting'],
    Failed: ['FunctionName: stateFailed'],
    Inactive: ['FunctionName: stateInactive'],
    Pending: ['FunctionName: statePending'],
    New: [],
  });
});

test.each<[Partial<FunctionFacts>, string[]]>([
  [
    { State: 'Deleting', StateReasonCode: 'DrainingDurableExecutions' },
    ['FunctionName: stateDeleting', 'FunctionName: reasonDraining'],
  ],
  [
    { State: 'Pending', StateReasonCode: 'InsufficientCapacity' },
    ['FunctionName: statePending', 'FunctionName: reasonCapacity'],
  ],
  [{ State: 'Pending', StateReasonCode: 'Creating' }, ['FunctionName: statePending']],
  [{ State: 'Pending', StateReasonCode: 'Restoring' }, ['FunctionName: stateRestoring']],
  [{ State: 'Inactive', StateReasonCode: 'Idle' }, ['FunctionName: stateInactive']],
  [{ State: 'Failed', StateReasonCode: 'SomethingNew' }, ['FunctionName: stateFailed']],
  [
    { State: 'Active', LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: 'VcpuLimitExceeded' },
    ['FunctionName: updateFailed', 'FunctionName: reasonVcpuLimit'],
  ],
  [{ State: 'Active', LastUpdateStatus: 'InProgress' }, ['FunctionName: updateRunning']],
  [{ State: 'ActiveNonInvocable', isManaged: true, isUnpublished: true }, ['Qualifier: notPublished']],
])('the warnings for %o', (fields, expected) => {
  expect(warnings(fields)).toEqual(expected);
});

test('a state without a text of Lambda is shown with its code', () => {
  const [failed] = factWarnings(facts({ State: 'Failed', StateReasonCode: 'SomethingNew' }), {});
  expect(failed && toSentence(failed.message)).toBe(
    'The function is in state Failed (SomethingNew). Update it before invoking.',
  );
});
