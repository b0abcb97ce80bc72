import type { Message } from '../messages/messages.ts';
import { applyUpdate, type UpdateContext } from './applyUpdate.ts';
import {
  addEvent,
  endExecution,
  executionId,
  startExecution,
  type Execution,
  type ExecutionStart,
} from './execution.ts';
import {
  endCallback,
  endChained,
  endDue,
  onHeartbeat,
  resumeTimers,
  skipWait,
  type OperationEnd,
} from './externalChanges.ts';
import type { EndStatus, ErrorObject, OperationUpdate } from './operation.ts';

/** A change of an execution. Its state follows from its start and its entries. */
export type Entry = { readonly at: number } & (
  | { readonly entry: 'invoked'; readonly requestId: string; readonly code: string }
  | {
      readonly entry: 'checkpoint';
      readonly updates: readonly OperationUpdate[];
      readonly chained?: NonNullable<UpdateContext['chained']>;
    }
  /** The invocation has returned, or failed with this error. */
  | { readonly entry: 'returned'; readonly error?: ErrorObject; readonly isFailure?: boolean }
  | { readonly entry: 'due' | 'resumed' }
  | { readonly entry: 'skipped' | 'heartbeat'; readonly id: string }
  | ({ readonly entry: 'callback' | 'chained'; readonly id: string } & OperationEnd)
  | { readonly entry: 'ended'; readonly status: EndStatus; readonly result?: string; readonly error?: ErrorObject }
  | { readonly entry: 'warning'; readonly message: Message }
);

/** An entry without its time. */
export type Change = Entry extends infer Each ? (Each extends Entry ? Omit<Each, 'at'> : never) : never;

/** The ID of a callback: it names its execution and operation. Base64, as Lambda's. */
export function callbackIdOf(arn: string, operationId: string): string {
  return btoa(`${executionId(arn)}:${operationId}`);
}

/** The execution and operation of a callback. Undefined for the ID of something else. */
export function parseCallbackId(text: string): { readonly execution: string; readonly id: string } | undefined {
  if (!/^[A-Za-z0-9+/]{1,1000}={0,2}$/.test(text)) return undefined;
  try {
    const [execution, id, ...rest] = atob(text).split(':');
    return execution === undefined || id === undefined || rest.length > 0 ? undefined : { execution, id };
  } catch {
    return undefined;
  }
}

/** Ends the invocation. */
function onReturned(execution: Execution, error: ErrorObject | undefined, at: number): void {
  const { invocation } = execution;
  if (invocation === undefined) return;
  execution.invocation = undefined;
  addEvent(execution, 'InvocationCompleted', {
    at,
    details: {
      StartTimestamp: invocation.at,
      EndTimestamp: at,
      RequestId: invocation.requestId,
      ...(error !== undefined && { Error: { Payload: error } }),
    },
  });
}

/** Applies an entry to the state of an execution. Ignores unknown entries, which a newer version may have written. */
export function applyEntry(execution: Execution, change: Entry): void {
  const { at } = change;
  const suspendedMs = Math.max(0, at - execution.lastAt);
  execution.lastAt = Math.max(execution.lastAt, at);
  switch (change.entry) {
    case 'invoked':
      execution.invocation = { requestId: change.requestId, at, code: change.code };
      execution.lastCode = change.code;
      execution.invocations++;
      execution.seenRevision = execution.revision;
      return;
    case 'checkpoint': {
      const { arn } = execution.start;
      const context = { at, callbackId: (id: string) => callbackIdOf(arn, id) };
      const chained = change.chained === undefined ? {} : { chained: change.chained };
      for (const update of change.updates) applyUpdate(execution, update, { ...context, ...chained });
      execution.failedInvocations = 0;
      execution.seenRevision = execution.revision;
      return;
    }
    case 'returned':
      execution.failedInvocations = change.isFailure === true ? execution.failedInvocations + 1 : 0;
      return onReturned(execution, change.error, at);
    case 'due':
      return void endDue(execution, at);
    case 'resumed':
      execution.suspendedMs += suspendedMs;
      return resumeTimers(execution, suspendedMs, at);
    case 'skipped':
      return void skipWait(execution, change.id, at);
    case 'heartbeat':
      return onHeartbeat(execution, change.id, at);
    case 'callback':
      return endCallback(execution, change.id, change, at);
    case 'chained':
      return endChained(execution, change.id, change, at);
    case 'ended':
      return execution.end === undefined ? endExecution(execution, { ...change, at }) : undefined;
    case 'warning':
      execution.warnings.push(change.message);
  }
}

/** The state that follows from the entries of a journal. */
export function readJournal(start: ExecutionStart, entries: readonly Entry[]): Execution {
  const execution = startExecution(start);
  for (const entry of entries) applyEntry(execution, entry);
  return execution;
}
