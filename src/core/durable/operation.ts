/** Lambda's names of the parts of a durable execution. Times are milliseconds since the epoch. */

export type OperationType = 'EXECUTION' | 'CONTEXT' | 'STEP' | 'WAIT' | 'CALLBACK' | 'CHAINED_INVOKE';

export type OperationAction = 'START' | 'SUCCEED' | 'FAIL' | 'RETRY' | 'CANCEL';

export type OperationStatus =
  'STARTED' | 'PENDING' | 'READY' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'TIMED_OUT' | 'STOPPED';

/** The states of an execution that has ended. */
export type EndStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

export type ExecutionStatus = 'RUNNING' | EndStatus;

export interface ErrorObject {
  readonly ErrorMessage?: string;
  readonly ErrorType?: string;
  readonly ErrorData?: string;
  readonly StackTrace?: readonly string[];
}

interface OperationIds {
  readonly Id: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly SubType?: string;
}

/** A result or an error. */
interface Ending {
  readonly Result?: string;
  readonly Error?: ErrorObject;
}

/** Source: Lambda API reference, Operation. */
export interface Operation extends OperationIds {
  readonly Type: OperationType;
  readonly Status: OperationStatus;
  readonly StartTimestamp: number;
  readonly EndTimestamp?: number;
  readonly ExecutionDetails?: { readonly InputPayload?: string };
  readonly ContextDetails?: Ending & { readonly ReplayChildren?: boolean };
  readonly StepDetails?: Ending & { readonly Attempt?: number; readonly NextAttemptTimestamp?: number };
  readonly WaitDetails?: { readonly ScheduledEndTimestamp?: number };
  readonly CallbackDetails?: Ending & { readonly CallbackId?: string };
  readonly ChainedInvokeDetails?: Ending;
}

/** What a handler sends with CheckpointDurableExecution. Source: Lambda API reference, OperationUpdate. */
export interface OperationUpdate extends OperationIds {
  readonly Type: OperationType;
  readonly Action: OperationAction;
  readonly Payload?: string;
  readonly Error?: ErrorObject;
  readonly ContextOptions?: { readonly ReplayChildren?: boolean };
  readonly StepOptions?: { readonly NextAttemptDelaySeconds?: number };
  readonly WaitOptions?: { readonly WaitSeconds?: number };
  readonly CallbackOptions?: { readonly TimeoutSeconds?: number; readonly HeartbeatTimeoutSeconds?: number };
  readonly ChainedInvokeOptions?: { readonly FunctionName?: string; readonly TenantId?: string };
}

export type EventType =
  | `Execution${'Started' | 'Succeeded' | 'Failed' | 'TimedOut' | 'Stopped'}`
  | `Context${'Started' | 'Succeeded' | 'Failed'}`
  | `Step${'Started' | 'Succeeded' | 'Failed'}`
  | `Wait${'Started' | 'Succeeded' | 'Cancelled'}`
  | `Callback${'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `ChainedInvoke${'Started' | 'Succeeded' | 'Failed' | 'TimedOut' | 'Stopped'}`
  | 'InvocationCompleted';

/** An event of the history. Its details are in the field `${EventType}Details`. Source: Lambda API reference, Event. */
export interface HistoryEvent extends Partial<OperationIds> {
  readonly EventType: EventType;
  readonly EventId: number;
  readonly EventTimestamp: number;
  readonly [details: `${string}Details`]: Readonly<Record<string, unknown>>;
}

const ENDED: readonly OperationStatus[] = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT', 'STOPPED'];

export function hasEnded({ Status }: Pick<Operation, 'Status'>): boolean {
  return ENDED.includes(Status);
}
