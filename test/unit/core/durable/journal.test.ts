import { describe, expect, test } from 'vitest';
import { startExecution, type Execution } from '../../../../src/core/durable/execution.ts';
import { nextDue } from '../../../../src/core/durable/externalChanges.ts';
import {
  applyEntry,
  callbackIdOf,
  parseCallbackId,
  readJournal,
  type Change,
} from '../../../../src/core/durable/journal.ts';
import type { OperationUpdate } from '../../../../src/core/durable/operation.ts';
import { DURABLE_START } from '../../../support/durableStart.ts';
import { changedSince, historyPage, operationPage, replayOperations } from '../../../../src/core/durable/pages.ts';

const START = { ...DURABLE_START, input: '{"n":1}', at: 1000, timeoutSeconds: 60 };

function create() {
  const execution = startExecution(START);
  return {
    execution,
    add: (at: number, ...changes: readonly Change[]) => {
      for (const change of changes) applyEntry(execution, { ...change, at });
      return execution;
    },
    checkpoint: (at: number, ...updates: readonly OperationUpdate[]) => {
      applyEntry(execution, { entry: 'checkpoint', at, updates });
      return execution;
    },
  };
}

const operation = ({ operations }: Execution, id: string) => operations.get(id);
const types = ({ events }: Execution) => events.map(({ EventType }) => EventType);
const wait = (Id: string, WaitSeconds: number) =>
  ({ Id, Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds } }) as const;
const callback = (Id: string, CallbackOptions = {}) =>
  ({ Id, Type: 'CALLBACK', Action: 'START', CallbackOptions }) as const;
const invoke = (Id: string) =>
  ({ Id, Type: 'CHAINED_INVOKE', Action: 'START', Payload: '1', ChainedInvokeOptions: { FunctionName: 'g' } }) as const;
const error = { ErrorType: 'E', ErrorMessage: 'm' };

describe('the state of an execution', () => {
  test('all 24 event types are in the history', () => {
    const { checkpoint, add } = create();
    checkpoint(1, { Id: 'c', Type: 'CONTEXT', Action: 'START' }, { Id: 'c', Type: 'CONTEXT', Action: 'SUCCEED' });
    checkpoint(2, { Id: 'd', Type: 'CONTEXT', Action: 'FAIL', Error: error });
    checkpoint(3, { Id: 's', Type: 'STEP', Action: 'START' }, { Id: 's', Type: 'STEP', Action: 'SUCCEED' });
    checkpoint(4, { Id: 'f', Type: 'STEP', Action: 'FAIL', Error: error });
    checkpoint(5, wait('w', 1), wait('v', 100), { Id: 'v', Type: 'WAIT', Action: 'CANCEL' });
    checkpoint(5, ...['a', 'b'].map((id) => callback(id)), callback('t', { TimeoutSeconds: 1 }));
    checkpoint(5, ...['i', 'j', 'k', 'l'].map(invoke));
    add(
      6000,
      { entry: 'invoked', requestId: 'r', code: '1' },
      { entry: 'returned' },
      { entry: 'due' },
      { entry: 'callback', id: 'a', status: 'SUCCEEDED', result: '1' },
      { entry: 'callback', id: 'b', status: 'FAILED', error },
      { entry: 'chained', id: 'i', status: 'SUCCEEDED', result: '1' },
      { entry: 'chained', id: 'j', status: 'FAILED', error },
      { entry: 'chained', id: 'k', status: 'TIMED_OUT', error },
      { entry: 'chained', id: 'l', status: 'STOPPED', error },
    );
    const ends = (['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'STOPPED'] as const).flatMap((status) =>
      types(create().add(1, { entry: 'ended', status })),
    );
    expect(new Set([...types(add(7000)), ...ends]).size).toBe(24);
  });

  test('each event has its details under the name of its type, and the IDs count from 1', () => {
    const { checkpoint } = create();
    const { events } = checkpoint(2000, { ...wait('w', 5), Name: 'pause', SubType: 'Wait' });
    expect(events).toEqual([
      expect.objectContaining({
        EventId: 1,
        EventType: 'ExecutionStarted',
        ExecutionStartedDetails: { Input: { Payload: '{"n":1}' }, ExecutionTimeout: 60 },
      }),
      {
        EventId: 2,
        EventType: 'WaitStarted',
        EventTimestamp: 2000,
        Id: 'w',
        Name: 'pause',
        SubType: 'Wait',
        WaitStartedDetails: { Duration: 5, ScheduledEndTimestamp: 7000 },
      },
    ]);
  });

  test('a retried step is pending, then ready, and counts its attempts', () => {
    const { checkpoint, add, execution } = create();
    const step = { Id: 's', Type: 'STEP' } as const;
    const retry = { ...step, Action: 'RETRY', Error: error, StepOptions: { NextAttemptDelaySeconds: 2 } } as const;
    checkpoint(1000, { ...step, Action: 'START' }, retry);
    expect(operation(execution, 's')).toMatchObject({
      Status: 'PENDING',
      StepDetails: { Attempt: 1, NextAttemptTimestamp: 3000, Error: error },
    });
    add(2999, { entry: 'due' });
    expect(operation(execution, 's')).toMatchObject({ Status: 'PENDING' });
    add(3000, { entry: 'due' });
    expect(operation(execution, 's')).toMatchObject({ Status: 'READY' });
    checkpoint(3001, { ...step, Action: 'START' });
    expect(operation(execution, 's')?.StepDetails).toEqual({ Attempt: 1, Error: error });
    checkpoint(3002, { ...step, Action: 'SUCCEED', Payload: '1' });
    expect(operation(execution, 's')).toMatchObject({ Status: 'SUCCEEDED', StepDetails: { Attempt: 2, Result: '1' } });
  });

  test('a retry with a payload keeps the state of a waitForCondition', () => {
    const { checkpoint } = create();
    const options = { StepOptions: { NextAttemptDelaySeconds: 1 } };
    const execution = checkpoint(1, { Id: 's', Type: 'STEP', Action: 'RETRY', Payload: '{"n":2}', ...options });
    expect(operation(execution, 's')?.StepDetails).toMatchObject({ Result: '{"n":2}', Attempt: 1 });
    expect(types(execution).at(-1)).toBe('StepSucceeded');
  });

  test('a heartbeat restarts only the heartbeat timeout', () => {
    const { checkpoint, add, execution } = create();
    checkpoint(0, callback('c', { TimeoutSeconds: 25, HeartbeatTimeoutSeconds: 10 }));
    add(9000, { entry: 'heartbeat', id: 'c' }, { entry: 'due' });
    expect(nextDue(execution)).toBe(19_000);
    add(18_000, { entry: 'heartbeat', id: 'c' });
    expect(nextDue(execution)).toBe(25_000);
    add(25_000, { entry: 'due' });
    expect(operation(execution, 'c')?.CallbackDetails?.Error?.ErrorMessage).toBe('Callback timed out');
  });

  test('what has ended cannot end again', () => {
    const { checkpoint, add, execution } = create();
    checkpoint(0, callback('c'));
    add(1, { entry: 'callback', id: 'c', status: 'SUCCEEDED', result: '1' });
    add(2, { entry: 'callback', id: 'c', status: 'FAILED', error }, { entry: 'skipped', id: 'c' });
    expect(operation(execution, 'c')).toMatchObject({ Status: 'SUCCEEDED', EndTimestamp: 1 });
    add(3, { entry: 'ended', status: 'SUCCEEDED', result: '1' }, { entry: 'ended', status: 'STOPPED' });
    expect(execution.end).toMatchObject({ status: 'SUCCEEDED', at: 3 });
  });

  test('a suspension postpones timeouts, but not waits', () => {
    const { checkpoint, add, execution } = create();
    checkpoint(1000, wait('w', 10), callback('c', { TimeoutSeconds: 10 }));
    add(101_000, { entry: 'resumed' });
    expect(execution.timers.get('w')).toMatchObject([{ at: 11_000 }]);
    expect(execution.timers.get('c')).toMatchObject([{ at: 111_000 }]);
    expect(execution.suspendedMs).toBe(100_000);
  });

  test('after the clock was set back, no timer takes longer than at its start', () => {
    const { checkpoint, add, execution } = create();
    checkpoint(100_000, wait('w', 10));
    add(5000, { entry: 'resumed' });
    expect(nextDue(execution)).toBe(15_000);
  });

  test('the same entries give the same state, and unknown ones are ignored', () => {
    const { execution } = create();
    const entries = [
      { entry: 'invoked', at: 1, requestId: 'r', code: '1' },
      { entry: 'checkpoint', at: 2, updates: [wait('w', 1), callback('c')] },
      { entry: 'newer', at: 3, value: 1 },
      { entry: 'returned', at: 3 },
      { entry: 'due', at: 5000 },
    ] as Parameters<typeof readJournal>[1];
    for (const entry of entries) applyEntry(execution, entry);
    expect(readJournal(START, entries)).toEqual(execution);
  });

  test('a callback ID names its execution and operation', () => {
    const id = callbackIdOf(START.arn, 'op-1');
    expect(parseCallbackId(id)).toEqual({ execution: 'id', id: 'op-1' });
    for (const text of ['', 'no base64!', btoa('one'), btoa('a:b:c')]) expect(parseCallbackId(text)).toBeUndefined();
  });
});

describe('pages', () => {
  test('a replay gets no operations in a context that has ended, unless the context asks for them', () => {
    const { checkpoint } = create();
    const context = (Id: string, ReplayChildren: boolean) =>
      ({ Id, Type: 'CONTEXT', Action: 'SUCCEED', ContextOptions: { ReplayChildren } }) as const;
    const child = (Id: string, ParentId: string) => ({ Id, ParentId, Type: 'CONTEXT', Action: 'START' }) as const;
    checkpoint(1, child('a', 'id'), child('a1', 'a'), child('a2', 'a1'), child('b', 'id'), child('b1', 'b'));
    const execution = checkpoint(2, context('a', false), context('b', true));
    expect(replayOperations(execution).map(({ Id }) => Id)).toEqual(['id', 'a', 'b', 'b1']);
  });

  test('operations are paged by their number and their size', () => {
    const { checkpoint } = create();
    const large = (Id: string) => ({ Id, Type: 'STEP', Action: 'SUCCEED', Payload: 'x'.repeat(3_000_000) }) as const;
    const all = [...checkpoint(1, ...['a', 'b', 'c'].map(large)).operations.values()];
    expect(operationPage(all, {})).toMatchObject({ items: { length: 2 }, NextMarker: '2' });
    expect(operationPage(all, { marker: '2', maxItems: 1 })).toMatchObject({ items: [{ Id: 'b' }], NextMarker: '3' });
    expect(operationPage(all, { marker: '3' })).toEqual({ items: [all[3]] });
    for (const marker of ['x', '-1', '5']) expect(operationPage(all, { marker })).toBeUndefined();
  });

  test('the history has pages in both directions, with or without data', () => {
    const { checkpoint } = create();
    const execution = checkpoint(1, ...['a', 'b', 'c'].map((id) => wait(id, 1)), {
      Id: 's',
      Type: 'STEP',
      Action: 'SUCCEED',
      Payload: '1',
    });
    const ids = (options: Parameters<typeof historyPage>[1]) => {
      const page = historyPage(execution, options);
      return [page?.items.map(({ EventId }) => EventId), page?.NextMarker];
    };
    expect(ids({ maxItems: 2 })).toEqual([[1, 2], '3']);
    expect(ids({ maxItems: 3, marker: '3' })).toEqual([[3, 4, 5], undefined]);
    expect(ids({ maxItems: 2, isReverse: true })).toEqual([[5, 4], '3']);
    expect(ids({ maxItems: 3, isReverse: true, marker: '3' })).toEqual([[3, 2, 1], undefined]);
    const last = (hasData: boolean) =>
      historyPage(execution, { hasData, isReverse: true })?.items[0]?.['StepSucceededDetails'];
    expect(last(false)).toEqual({ Result: {}, RetryDetails: { CurrentAttempt: 1 } });
    expect(last(true)).toMatchObject({ Result: { Payload: '1' } });
  });

  test('a checkpoint returns what has changed since a revision', () => {
    const { checkpoint, execution } = create();
    checkpoint(1, wait('a', 1), wait('b', 1));
    const { revision } = execution;
    applyEntry(execution, { entry: 'skipped', at: 2, id: 'a' });
    expect(changedSince(execution, revision).map(({ Id }) => Id)).toEqual(['a']);
  });
});
