import { endingDetails } from './applyUpdate.ts';
import { addEvent, setOperation, type Execution, type Timer } from './execution.ts';
import { hasEnded, type ErrorObject, type Operation } from './operation.ts';

/** The end of a callback or a chained invoke. */
export interface OperationEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';
  readonly result?: string;
  readonly error?: ErrorObject;
}

const SUFFIX = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut' } as const;

/** Ends a callback that has started. Has no effect on another operation. */
export function endCallback(execution: Execution, id: string, end: OperationEnd, at: number): void {
  const operation = execution.operations.get(id);
  if (operation?.Type !== 'CALLBACK' || hasEnded(operation) || end.status === 'STOPPED') return;
  const { status, result, error } = end;
  execution.timers.delete(id);
  const ended: Operation = {
    ...operation,
    Status: status,
    EndTimestamp: at,
    CallbackDetails: {
      ...operation.CallbackDetails,
      ...(result !== undefined && { Result: result }),
      ...(error !== undefined && { Error: error }),
    },
  };
  setOperation(execution, ended);
  const details = endingDetails(result, status === 'SUCCEEDED' ? undefined : (error ?? {}));
  addEvent(execution, `Callback${SUFFIX[status]}`, { at, operation: ended, details });
}

/** Ends a chained invoke that has started. Has no effect on another operation. */
export function endChained(execution: Execution, id: string, end: OperationEnd, at: number): void {
  const operation = execution.operations.get(id);
  if (operation?.Type !== 'CHAINED_INVOKE' || hasEnded(operation)) return;
  const { status, result, error } = end;
  const ended: Operation = {
    ...operation,
    Status: status,
    EndTimestamp: at,
    ChainedInvokeDetails: { ...(result !== undefined && { Result: result }), ...(error && { Error: error }) },
  };
  setOperation(execution, ended);
  const details = endingDetails(result, status === 'SUCCEEDED' ? undefined : (error ?? {}));
  const suffix = status === 'STOPPED' ? 'Stopped' : SUFFIX[status];
  addEvent(execution, `ChainedInvoke${suffix}`, { at, operation: ended, details });
}

function endWait(execution: Execution, operation: Operation, at: number): void {
  execution.timers.delete(operation.Id);
  const ended: Operation = { ...operation, Status: 'SUCCEEDED', EndTimestamp: at };
  setOperation(execution, ended);
  const Duration = Math.round((at - operation.StartTimestamp) / 1000);
  addEvent(execution, 'WaitSucceeded', { at, operation: ended, details: { Duration } });
}

function makeReady(execution: Execution, operation: Operation): void {
  execution.timers.delete(operation.Id);
  setOperation(execution, { ...operation, Status: 'READY' });
}

const TIMEOUTS = {
  timeout: { ErrorType: 'Callback.Timeout', ErrorMessage: 'Callback timed out' },
  heartbeat: { ErrorType: 'Callback.Heartbeat', ErrorMessage: 'Callback timed out on heartbeat' },
} as const;

function onTimer(execution: Execution, operation: Operation, { kind }: Timer, at: number): void {
  if (kind === 'wait') endWait(execution, operation, at);
  else if (kind === 'retry') makeReady(execution, operation);
  else endCallback(execution, operation.Id, { status: 'TIMED_OUT', error: TIMEOUTS[kind] }, at);
}

/** Ends all waits, retry delays, and callbacks whose time has come. Returns whether there were any. */
export function endDue(execution: Execution, at: number): boolean {
  const due = [...execution.timers]
    .flatMap(([id, timers]) => timers.filter((timer) => timer.at <= at).map((timer) => ({ id, timer })))
    .sort((one, other) => one.timer.at - other.timer.at);
  for (const { id, timer } of due) {
    const operation = execution.operations.get(id);
    if (operation !== undefined && execution.timers.has(id)) onTimer(execution, operation, timer, at);
  }
  return due.length > 0;
}

/** Ends a wait or a retry delay now. Returns false if the operation has none. */
export function skipWait(execution: Execution, id: string, at: number): boolean {
  const operation = execution.operations.get(id);
  const timer = execution.timers.get(id)?.find(({ kind }) => kind === 'wait' || kind === 'retry');
  if (operation === undefined || timer === undefined) return false;
  onTimer(execution, operation, timer, at);
  return true;
}

/** Restarts the heartbeat timeout of a callback. */
export function onHeartbeat({ timers }: Execution, id: string, at: number): void {
  const all = timers.get(id);
  if (all === undefined) return;
  timers.set(
    id,
    all.map((timer) => (timer.kind === 'heartbeat' ? { ...timer, at: at + timer.ms } : timer)),
  );
}

/** When the next timer ends. Undefined without timers. */
export function nextDue({ timers }: Execution): number | undefined {
  let next: number | undefined;
  for (const all of timers.values()) for (const { at } of all) next = Math.min(next ?? at, at);
  return next;
}

/**
 * Adapts timers to the time when nothing ran. Waits end at their time, but callbacks get the time back. No timer takes
 * longer than from its start, even if the clock was set back.
 */
export function resumeTimers({ timers }: Execution, suspendedMs: number, now: number): void {
  for (const [id, all] of timers)
    timers.set(
      id,
      all.map((timer) => {
        const isWait = timer.kind === 'wait' || timer.kind === 'retry';
        return { ...timer, at: Math.min(timer.at + (isWait ? 0 : suspendedMs), now + timer.ms) };
      }),
    );
}

/** Whether an execution can continue after an invocation that returned PENDING: something is going to end. */
export function isWaiting({ operations }: Execution): boolean {
  for (const { Type, Status } of operations.values()) {
    if (Type === 'STEP' && Status === 'PENDING') return true;
    if (Status === 'STARTED' && (Type === 'WAIT' || Type === 'CALLBACK' || Type === 'CHAINED_INVOKE')) return true;
  }
  return false;
}
