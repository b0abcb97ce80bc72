import type { Message } from '../messages/messages.ts';
import type { Execution } from './execution.ts';
import type { ErrorObject, ExecutionStatus } from './operation.ts';

/** An operation that something outside the function ends. */
export interface OpenOperation {
  readonly id: string;
  readonly name?: string;
  readonly kind: 'wait' | 'retry' | 'callback' | 'invoke';
  /** When it ends, in milliseconds since the epoch. */
  readonly endsAt?: number;
  readonly callbackId?: string;
}

/** A durable execution of the local endpoint, for display. Times are milliseconds since the epoch. */
export interface ExecutionView {
  readonly arn: string;
  readonly name: string;
  readonly functionName: string;
  readonly status: ExecutionStatus;
  /** It was running when the endpoint stopped, and continues when the user resumes it. */
  readonly isSuspended: boolean;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly open: readonly OpenOperation[];
  readonly warnings: readonly Message[];
}

export interface ExecutionsView {
  /** The newest one first. */
  readonly executions: readonly ExecutionView[];
  /** Why stored executions are missing, or aren't stored. */
  readonly problems: readonly Message[];
}

/** What a user can do with an execution. */
export type ExecutionAction =
  | { readonly action: 'resume' }
  | { readonly action: 'stop'; readonly error?: ErrorObject }
  /** `id`: of the operation. */
  | { readonly action: 'skipWait'; readonly id: string }
  | { readonly action: 'heartbeat'; readonly callbackId: string }
  | { readonly action: 'succeed'; readonly callbackId: string; readonly result: string }
  | { readonly action: 'fail'; readonly callbackId: string; readonly error: ErrorObject };

function openOperations({ operations, timers }: Execution): OpenOperation[] {
  const open: OpenOperation[] = [];
  for (const { Id, Name, Type, Status, CallbackDetails } of operations.values()) {
    const endsAt = timers.get(Id)?.reduce((first, { at }) => Math.min(first, at), Infinity);
    const base = { id: Id, ...(Name !== undefined && { name: Name }), ...(endsAt !== undefined && { endsAt }) };
    if (Type === 'STEP' && Status === 'PENDING') open.push({ ...base, kind: 'retry' });
    if (Status !== 'STARTED') continue;
    if (Type === 'WAIT') open.push({ ...base, kind: 'wait' });
    if (Type === 'CHAINED_INVOKE') open.push({ ...base, kind: 'invoke' });
    const callbackId = CallbackDetails?.CallbackId;
    if (Type === 'CALLBACK' && callbackId !== undefined) open.push({ ...base, kind: 'callback', callbackId });
  }
  return open;
}

export function toExecutionView(execution: Execution, isSuspended: boolean): ExecutionView {
  const { start, end, warnings } = execution;
  return {
    arn: start.arn,
    name: start.name,
    functionName: start.functionName,
    status: end?.status ?? 'RUNNING',
    isSuspended: isSuspended && end === undefined,
    startedAt: start.at,
    ...(end !== undefined && { endedAt: end.at }),
    open: end === undefined ? openOperations(execution) : [],
    warnings,
  };
}
