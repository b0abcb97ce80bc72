import { addEvent, endExecution, setOperation, type Execution, type Timer } from './execution.ts';
import type { ErrorObject, EventType, Operation, OperationUpdate } from './operation.ts';

/** What the endpoint adds to an update. */
export interface UpdateContext {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The ID of a callback that starts. */
  readonly callbackId: (operationId: string) => string;
  /** What a chained invoke runs: the ARN of a durable execution, or the function's version. */
  readonly chained?: Readonly<Record<string, { readonly arn?: string; readonly version?: string }>>;
}

function timer(kind: Timer['kind'], seconds: number | undefined, at: number): Timer[] {
  // 0 is no timeout.
  return seconds === undefined || (seconds === 0 && kind !== 'retry')
    ? []
    : [{ at: at + seconds * 1000, ms: seconds * 1000, kind }];
}

function setTimers({ timers }: Execution, id: string, all: Timer[]): void {
  if (all.length > 0) timers.set(id, all);
  else timers.delete(id);
}

function ending(payload: string | undefined, error: ErrorObject | undefined): object {
  return { ...(payload !== undefined && { Result: payload }), ...(error !== undefined && { Error: error }) };
}

/** The details of an event about a result or an error. */
export function endingDetails(payload: string | undefined, error: ErrorObject | undefined): object {
  return error === undefined
    ? { Result: { ...(payload !== undefined && { Payload: payload }) } }
    : { Error: { Payload: error } };
}

function start(execution: Execution, update: OperationUpdate, { at, callbackId, chained }: UpdateContext): void {
  const { Id, Type, Name, ParentId, SubType, Payload } = update;
  const base = {
    ...(ParentId !== undefined && { ParentId }),
    ...(Name !== undefined && { Name }),
    ...(SubType !== undefined && { SubType }),
  };
  const before = execution.operations.get(Id);
  const operation: Operation = before ?? { Id, ...base, Type, Status: 'STARTED', StartTimestamp: at };
  const add = (EventType: EventType, started: Operation, details: object) => {
    setOperation(execution, started);
    addEvent(execution, EventType, { at, operation: started, details });
  };
  if (Type === 'CONTEXT') add('ContextStarted', operation, {});
  if (Type === 'STEP') {
    const { NextAttemptTimestamp: _, ...details } = operation.StepDetails ?? {};
    add('StepStarted', { ...operation, Status: 'STARTED', ...(before && { StepDetails: details }) }, {});
  }
  if (Type === 'WAIT') {
    const Duration = update.WaitOptions?.WaitSeconds ?? 0;
    const ScheduledEndTimestamp = at + Duration * 1000;
    setTimers(execution, Id, timer('wait', Duration, at));
    add('WaitStarted', { ...operation, WaitDetails: { ScheduledEndTimestamp } }, { Duration, ScheduledEndTimestamp });
  }
  if (Type === 'CALLBACK') {
    const { TimeoutSeconds, HeartbeatTimeoutSeconds } = update.CallbackOptions ?? {};
    const CallbackId = callbackId(Id);
    setTimers(execution, Id, [
      ...timer('timeout', TimeoutSeconds, at),
      ...timer('heartbeat', HeartbeatTimeoutSeconds, at),
    ]);
    add(
      'CallbackStarted',
      { ...operation, CallbackDetails: { CallbackId } },
      {
        CallbackId,
        ...(HeartbeatTimeoutSeconds !== undefined && { HeartbeatTimeout: HeartbeatTimeoutSeconds }),
        ...(TimeoutSeconds !== undefined && { Timeout: TimeoutSeconds }),
      },
    );
  }
  if (Type === 'CHAINED_INVOKE') {
    const { FunctionName = '', TenantId } = update.ChainedInvokeOptions ?? {};
    const { arn, version } = chained?.[Id] ?? {};
    if (arn !== undefined) execution.chained.set(Id, arn);
    add(
      'ChainedInvokeStarted',
      { ...operation, ChainedInvokeDetails: {} },
      {
        FunctionName,
        ...(TenantId !== undefined && { TenantId }),
        Input: { ...(Payload !== undefined && { Payload }) },
        ...(version !== undefined && { ExecutedVersion: version }),
        ...(arn !== undefined && { DurableExecutionArn: arn }),
      },
    );
  }
}

/** Ends an attempt of a step: for good, or until the next attempt. */
function endStep(execution: Execution, update: OperationUpdate, operation: Operation, at: number): void {
  const { Action, Payload, StepOptions } = update;
  const Attempt = (operation.StepDetails?.Attempt ?? 0) + 1;
  const isRetry = Action === 'RETRY';
  const delay = StepOptions?.NextAttemptDelaySeconds ?? 0;
  const NextAttemptTimestamp = at + delay * 1000;
  setTimers(execution, operation.Id, isRetry ? timer('retry', delay, at) : []);
  const Status = isRetry ? 'PENDING' : Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED';
  const ended: Operation = {
    ...operation,
    Status,
    ...(!isRetry && { EndTimestamp: at }),
    StepDetails: { Attempt, ...(isRetry && { NextAttemptTimestamp }), ...ending(Payload, update.Error) },
  };
  setOperation(execution, ended);
  const RetryDetails = { CurrentAttempt: Attempt, ...(isRetry && { NextAttemptDelaySeconds: delay }) };
  const isFailure = Action === 'FAIL' || update.Error !== undefined;
  const error = isFailure ? (update.Error ?? {}) : undefined;
  addEvent(execution, isFailure ? 'StepFailed' : 'StepSucceeded', {
    at,
    operation: ended,
    details: { ...endingDetails(Payload, error), RetryDetails },
  });
}

function endContext(execution: Execution, update: OperationUpdate, operation: Operation, at: number): void {
  const { Action, Payload, ContextOptions } = update;
  const ReplayChildren = ContextOptions?.ReplayChildren;
  const ended: Operation = {
    ...operation,
    Status: Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED',
    EndTimestamp: at,
    ContextDetails: { ...(ReplayChildren !== undefined && { ReplayChildren }), ...ending(Payload, update.Error) },
  };
  setOperation(execution, ended);
  const error = Action === 'FAIL' ? (update.Error ?? {}) : undefined;
  const details = endingDetails(Payload, error);
  addEvent(execution, Action === 'FAIL' ? 'ContextFailed' : 'ContextSucceeded', { at, operation: ended, details });
}

function cancel(execution: Execution, operation: Operation, at: number): void {
  execution.timers.delete(operation.Id);
  const ended: Operation = { ...operation, Status: 'CANCELLED', EndTimestamp: at };
  setOperation(execution, ended);
  if (operation.Type === 'WAIT') addEvent(execution, 'WaitCancelled', { at, operation: ended, details: {} });
}

/** Applies a valid update of a checkpoint (see updatesError) to the state of an execution. */
export function applyUpdate(execution: Execution, update: OperationUpdate, context: UpdateContext): void {
  const { at } = context;
  const { Id, Type, Action, Payload } = update;
  if (Type === 'EXECUTION') {
    const error = Action === 'FAIL' ? { error: update.Error ?? {} } : {};
    const result = Payload === undefined ? {} : { result: Payload };
    return endExecution(execution, { status: Action === 'FAIL' ? 'FAILED' : 'SUCCEEDED', at, ...result, ...error });
  }
  if (Action === 'START') return start(execution, update, context);
  const { ParentId, Name, SubType } = update;
  const operation: Operation = execution.operations.get(Id) ?? {
    Id,
    ...(ParentId !== undefined && { ParentId }),
    ...(Name !== undefined && { Name }),
    ...(SubType !== undefined && { SubType }),
    Type,
    Status: 'STARTED',
    StartTimestamp: at,
  };
  if (Action === 'CANCEL') cancel(execution, operation, at);
  else if (Type === 'STEP') endStep(execution, update, operation, at);
  else endContext(execution, update, operation, at);
}
