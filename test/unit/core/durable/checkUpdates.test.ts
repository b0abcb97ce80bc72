import { describe, expect, test } from 'vitest';
import { updatesError } from '../../../../src/core/durable/checkUpdates.ts';
import { startExecution } from '../../../../src/core/durable/execution.ts';
import { applyEntry } from '../../../../src/core/durable/journal.ts';
import type { OperationUpdate } from '../../../../src/core/durable/operation.ts';
import { DURABLE_START } from '../../../support/durableStart.ts';

/** An operation of each type that has started, and a step that has ended. */
const STARTED: readonly OperationUpdate[] = [
  { Id: 'context', Type: 'CONTEXT', Action: 'START' },
  { Id: 'step', Name: 'step', SubType: 'Step', ParentId: 'context', Type: 'STEP', Action: 'START' },
  { Id: 'done', Type: 'STEP', Action: 'SUCCEED' },
  { Id: 'wait', Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 10 } },
  { Id: 'callback', Type: 'CALLBACK', Action: 'START' },
  { Id: 'invoke', Type: 'CHAINED_INVOKE', Action: 'START', ChainedInvokeOptions: { FunctionName: 'f' } },
  { Id: 'over', Type: 'CONTEXT', Action: 'FAIL', Error: {} },
];

function errorOf(...updates: readonly object[]): string | undefined {
  const execution = startExecution(DURABLE_START);
  applyEntry(execution, { entry: 'checkpoint', at: 0, updates: STARTED });
  return updatesError(execution, updates as readonly OperationUpdate[]);
}

const step = (Action: string, rest: object = {}) => ({ Id: 'step', Type: 'STEP', Action, ...rest });
const newStep = (rest: object) => ({ Id: 'new', Type: 'STEP', Action: 'START', ...rest });
const NEW = { Id: 'new', Action: 'START' };

describe('checkpoints that Lambda rejects', () => {
  test.each<[string, readonly object[]]>([
    ['Operation update must have an Id.', [{ Type: 'STEP', Action: 'START' }]],
    ['Operation update must have an Id.', [newStep({ Id: 'x'.repeat(65) })]],
    ['Invalid operation name.', [newStep({ Name: 'Größe' })]],
    ['Invalid operation name.', [newStep({ Name: 'x'.repeat(257) })]],
    ['Invalid operation subtype.', [newStep({ SubType: 'x'.repeat(33) })]],
    ['Unknown operation type.', [newStep({ Type: 'LOOP' })]],
    ['Unknown operation type.', [newStep({ Type: 'constructor' })]],
    ['Invalid action for the given operation type.', [{ ...NEW, Type: 'WAIT', Action: 'SUCCEED' }]],
    ['Invalid action for the given operation type.', [{ ...NEW, Type: 'EXECUTION' }]],
    ['Invalid parent operation id.', [newStep({ ParentId: 'nowhere' })]],
    ['Invalid parent operation id.', [newStep({ ParentId: 'step' })]],
    ['Cannot update the same operation twice in a single request.', [step('SUCCEED'), step('SUCCEED')]],
    ['Inconsistent operation type.', [{ Id: 'wait', Type: 'STEP', Action: 'START' }]],
    ['Inconsistent operation name.', [step('SUCCEED', { Name: 'other' })]],
    ['Inconsistent operation subtype.', [step('SUCCEED', { SubType: 'WaitForCondition' })]],
    ['Inconsistent parent operation id.', [step('SUCCEED', { ParentId: 'over' })]],
    ['Invalid current STEP state to start.', [step('START')]],
    ['Invalid current STEP state to close.', [{ Id: 'done', Type: 'STEP', Action: 'SUCCEED' }]],
    ['Invalid current STEP state to re-attempt.', [{ Id: 'done', Type: 'STEP', Action: 'RETRY', StepOptions: {} }]],
    ['Invalid StepOptions for the given action.', [step('RETRY')]],
    ['Invalid StepOptions for the given action.', [step('RETRY', { StepOptions: { NextAttemptDelaySeconds: 0.5 } })]],
    [
      'Cannot provide both error and payload to RETRY a STEP.',
      [step('RETRY', { StepOptions: {}, Payload: '', Error: {} })],
    ],
    ['Cannot provide a Payload for FAIL action.', [step('FAIL', { Payload: '1' })]],
    ['Cannot provide an Error for SUCCEED action.', [step('SUCCEED', { Error: {} })]],
    ['Cannot start a CONTEXT that already exists.', [{ Id: 'context', Type: 'CONTEXT', Action: 'START' }]],
    ['Invalid current CONTEXT state to close.', [{ Id: 'over', Type: 'CONTEXT', Action: 'SUCCEED' }]],
    ['Cannot start a WAIT that already exists.', [{ Id: 'wait', Type: 'WAIT', Action: 'START' }]],
    ['Invalid WaitOptions for the given action.', [{ ...NEW, Type: 'WAIT' }]],
    ['Invalid WaitOptions for the given action.', [{ ...NEW, Type: 'WAIT', WaitOptions: { WaitSeconds: 0 } }]],
    ['Invalid WaitOptions for the given action.', [{ ...NEW, Type: 'WAIT', WaitOptions: { WaitSeconds: 31_622_401 } }]],
    [
      'Cannot cancel a WAIT that does not exist or has already completed.',
      [{ ...NEW, Type: 'WAIT', Action: 'CANCEL' }],
    ],
    ['Cannot start a CALLBACK that already exists.', [{ Id: 'callback', Type: 'CALLBACK', Action: 'START' }]],
    [
      'Invalid CallbackOptions for the given action.',
      [{ ...NEW, Type: 'CALLBACK', CallbackOptions: { TimeoutSeconds: -1 } }],
    ],
    ['Cannot start a CHAINED_INVOKE that already exists.', [{ Id: 'invoke', Type: 'CHAINED_INVOKE', Action: 'START' }]],
    ['Invalid ChainedInvokeOptions for the given action.', [{ ...NEW, Type: 'CHAINED_INVOKE' }]],
    [
      'Cannot checkpoint multiple EXECUTION updates.',
      [
        { Id: 'a', Type: 'EXECUTION', Action: 'SUCCEED' },
        { Id: 'b', Type: 'EXECUTION', Action: 'SUCCEED' },
      ],
    ],
    ['EXECUTION checkpoint must be the last update.', [{ Id: 'a', Type: 'EXECUTION', Action: 'SUCCEED' }, newStep({})]],
    ['Payload size must be at most 6291456 bytes.', [newStep({ Action: 'SUCCEED', Payload: 'é'.repeat(3_145_729) })]],
    [
      'Error object size must be less than 32768 bytes.',
      [newStep({ Action: 'FAIL', Error: { ErrorMessage: 'x'.repeat(32_768) } })],
    ],
    [
      'The durable execution exceeds the limit of 3000 operations.',
      Array.from({ length: 2994 }, (_, n) => newStep({ Id: `s${n}` })),
    ],
  ])('%s', (error, updates) => {
    expect(errorOf(...updates)).toBe(error);
  });

  test('a rejected checkpoint changes nothing, because it is checked as a whole', () => {
    expect(errorOf(newStep({}), step('START'))).toBe('Invalid current STEP state to start.');
  });
});

describe('checkpoints that Lambda accepts', () => {
  test.each<[string, readonly object[]]>([
    ['a step that starts and ends at once', [newStep({}), newStep({ Action: 'SUCCEED' })]],
    ['a step that ends without a start', [newStep({ Action: 'FAIL', Error: {} })]],
    ['a retry without a delay', [step('RETRY', { StepOptions: { NextAttemptDelaySeconds: 0 } })]],
    [
      'a child of a context that starts in the same checkpoint',
      [{ ...NEW, Type: 'CONTEXT' }, newStep({ Id: 'child', ParentId: 'new' })],
    ],
    ['an error next to the limit', [newStep({ Action: 'FAIL', Error: { ErrorMessage: 'x'.repeat(32_000) } })]],
    ['a payload of six megabytes', [newStep({ Action: 'SUCCEED', Payload: 'x'.repeat(6_291_456) })]],
    ['3,000 operations', Array.from({ length: 2993 }, (_, n) => newStep({ Id: `s${n}` }))],
    ['a callback that is canceled', [{ Id: 'callback', Type: 'CALLBACK', Action: 'CANCEL' }]],
    ['nothing', []],
  ])('%s', (_, updates) => {
    expect(errorOf(...updates)).toBeUndefined();
  });
});
