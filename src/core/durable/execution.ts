import type { Message } from '../messages/messages.ts';
import type { EndStatus, ErrorObject, EventType, HistoryEvent, Operation } from './operation.ts';

/** What doesn't change while an execution runs. */
export interface ExecutionStart {
  /** `FUNCTION_ARN:VERSION/durable-execution/NAME/ID`. */
  readonly arn: string;
  readonly name: string;
  /** The local function, by its unique name. */
  readonly functionName: string;
  /** From the invocation. */
  readonly qualifier: string;
  readonly version: string;
  readonly input: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly timeoutSeconds?: number;
  readonly retentionDays?: number;
  readonly tenantId?: string;
  /** The invocation had environment variables, which aren't stored. */
  readonly hasVariables?: boolean;
}

/** When an operation ends without a further request. */
export interface Timer {
  readonly at: number;
  /** From its start, in milliseconds. */
  readonly ms: number;
  readonly kind: 'wait' | 'retry' | 'timeout' | 'heartbeat';
}

export interface ExecutionEnd {
  readonly status: EndStatus;
  readonly at: number;
  readonly result?: string;
  readonly error?: ErrorObject;
}

interface Invocation {
  readonly requestId: string;
  readonly at: number;
  /** Identifies the code that runs. */
  readonly code: string;
}

/** The state of a durable execution. Only entries of its journal change it. */
export interface Execution {
  readonly start: ExecutionStart;
  /** In the order of their start. The first one is the execution itself. */
  readonly operations: Map<string, Operation>;
  readonly events: HistoryEvent[];
  readonly timers: Map<string, Timer[]>;
  /** The ARN or name of what a chained invoke runs. */
  readonly chained: Map<string, string>;
  /** Increases with each change of an operation. */
  revision: number;
  /** The revision of each operation. */
  readonly revisions: Map<string, number>;
  /** What the handler knows. */
  seenRevision: number;
  /** The invocation that runs, or that the end of the endpoint interrupted. */
  invocation: Invocation | undefined;
  lastCode: string | undefined;
  invocations: number;
  failedInvocations: number;
  /** The time of the last entry. */
  lastAt: number;
  /** How long the execution was suspended, which its timeout doesn't include. */
  suspendedMs: number;
  end: ExecutionEnd | undefined;
  readonly warnings: Message[];
}

/** The last part of an execution's ARN, which is also the ID of its first operation. */
export function executionId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

export function setOperation(execution: Execution, operation: Operation): void {
  execution.operations.set(operation.Id, operation);
  execution.revisions.set(operation.Id, ++execution.revision);
}

/** Adds an event to the history. `details` are those of its type. */
export function addEvent(
  execution: Execution,
  EventType: EventType,
  { at, operation, details }: { readonly at: number; readonly operation?: Operation; readonly details: object },
): void {
  const { Id, ParentId, Name, SubType } = operation ?? {};
  execution.events.push({
    EventType,
    EventId: execution.events.length + 1,
    EventTimestamp: at,
    ...(Id !== undefined && { Id }),
    ...(ParentId !== undefined && { ParentId }),
    ...(Name !== undefined && { Name }),
    ...(SubType !== undefined && { SubType }),
    [`${EventType}Details`]: details,
  });
}

/** When an execution times out. Undefined without a timeout. */
export function timeoutOf({ start: { at, timeoutSeconds }, suspendedMs }: Execution): number | undefined {
  return timeoutSeconds === undefined ? undefined : at + timeoutSeconds * 1000 + suspendedMs;
}

/** Starts an execution: its state before the first invocation. */
export function startExecution(start: ExecutionStart): Execution {
  const execution: Execution = {
    start,
    operations: new Map(),
    events: [],
    timers: new Map(),
    chained: new Map(),
    revision: 0,
    revisions: new Map(),
    seenRevision: 0,
    invocation: undefined,
    lastCode: undefined,
    invocations: 0,
    failedInvocations: 0,
    lastAt: start.at,
    suspendedMs: 0,
    end: undefined,
    warnings: [],
  };
  const operation: Operation = {
    Id: executionId(start.arn),
    Type: 'EXECUTION',
    Status: 'STARTED',
    StartTimestamp: start.at,
    ExecutionDetails: { InputPayload: start.input },
  };
  setOperation(execution, operation);
  const ExecutionTimeout = start.timeoutSeconds;
  const details = { Input: { Payload: start.input }, ...(ExecutionTimeout !== undefined && { ExecutionTimeout }) };
  addEvent(execution, 'ExecutionStarted', { at: start.at, operation, details });
  return execution;
}

/** Ends an execution. Its operations keep their state. */
export function endExecution(execution: Execution, end: ExecutionEnd): void {
  const { status, at, result, error } = end;
  execution.end = end;
  execution.timers.clear();
  const [first] = execution.operations.values();
  if (first === undefined) return;
  const operation: Operation = { ...first, Status: status, EndTimestamp: at };
  setOperation(execution, operation);
  const names = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', STOPPED: 'Stopped' } as const;
  const details = status === 'SUCCEEDED' ? { Result: { Payload: result } } : { Error: { Payload: error } };
  addEvent(execution, `Execution${names[status]}`, { at, operation, details });
}
