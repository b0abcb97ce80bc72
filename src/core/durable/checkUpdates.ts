import { DURABLE_LIMITS } from './durableLimits.ts';
import type { Execution } from './execution.ts';
import type { Operation, OperationAction, OperationStatus, OperationType, OperationUpdate } from './operation.ts';

/** In which states of an operation an action is possible. `new` is one that doesn't exist yet. */
type States = Partial<Record<OperationAction, readonly (OperationStatus | 'new')[]>>;

/** Waits, callbacks, and chained invokes end by themselves. */
const STARTED_ONCE: States = { START: ['new'], CANCEL: ['STARTED'] };

const STATES: Readonly<Record<OperationType, States>> = {
  EXECUTION: { SUCCEED: ['new'], FAIL: ['new'] },
  CONTEXT: { START: ['new'], SUCCEED: ['new', 'STARTED'], FAIL: ['new', 'STARTED'] },
  STEP: {
    START: ['new', 'READY'],
    SUCCEED: ['new', 'STARTED', 'READY'],
    FAIL: ['new', 'STARTED', 'READY'],
    RETRY: ['new', 'STARTED', 'READY'],
  },
  WAIT: STARTED_ONCE,
  CALLBACK: STARTED_ONCE,
  CHAINED_INVOKE: STARTED_ONCE,
};

const DOES: Readonly<Record<OperationAction, string>> = {
  START: 'start',
  SUCCEED: 'close',
  FAIL: 'close',
  RETRY: 're-attempt',
  CANCEL: 'cancel',
};

function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

function isInteger(value: unknown, { min, max = DURABLE_LIMITS.seconds }: { min: number; max?: number }): boolean {
  return value === undefined || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max);
}

function formError({ Id, Name, SubType, ...update }: OperationUpdate): string | undefined {
  if (typeof Id !== 'string' || !/^[\w-]+$/.test(Id) || Id.length > DURABLE_LIMITS.operationId)
    return 'Operation update must have an Id.';
  if (Name !== undefined && (!/^[ -~]+$/.test(Name) || Name.length > DURABLE_LIMITS.operationName))
    return 'Invalid operation name.';
  if (SubType !== undefined && (!/^[\w-]+$/.test(SubType) || SubType.length > DURABLE_LIMITS.subType))
    return 'Invalid operation subtype.';
  const states = Object.hasOwn(STATES, update.Type) ? STATES[update.Type] : undefined;
  if (states === undefined) return 'Unknown operation type.';
  if (!Object.hasOwn(states, update.Action)) return 'Invalid action for the given operation type.';
  return undefined;
}

function optionsError(update: OperationUpdate): string | undefined {
  const { Type, Action, Payload, StepOptions, WaitOptions, CallbackOptions, ChainedInvokeOptions } = update;
  if (Payload !== undefined && byteLength(Payload) > DURABLE_LIMITS.payload)
    return `Payload size must be at most ${DURABLE_LIMITS.payload} bytes.`;
  if (update.Error !== undefined && byteLength(JSON.stringify(update)) > DURABLE_LIMITS.error)
    return `Error object size must be less than ${DURABLE_LIMITS.error} bytes.`;
  if (Action === 'FAIL' && Payload !== undefined) return 'Cannot provide a Payload for FAIL action.';
  if (Action === 'SUCCEED' && update.Error !== undefined) return 'Cannot provide an Error for SUCCEED action.';
  if (Action === 'RETRY') {
    if (StepOptions === undefined || !isInteger(StepOptions.NextAttemptDelaySeconds, { min: 0 }))
      return 'Invalid StepOptions for the given action.';
    if (Payload !== undefined && update.Error !== undefined)
      return 'Cannot provide both error and payload to RETRY a STEP.';
  }
  if (Action !== 'START') return undefined;
  if (Type === 'WAIT' && (WaitOptions?.WaitSeconds === undefined || !isInteger(WaitOptions.WaitSeconds, { min: 1 })))
    return 'Invalid WaitOptions for the given action.';
  const { TimeoutSeconds, HeartbeatTimeoutSeconds } = CallbackOptions ?? {};
  if (!isInteger(TimeoutSeconds, { min: 0 }) || !isInteger(HeartbeatTimeoutSeconds, { min: 0 }))
    return 'Invalid CallbackOptions for the given action.';
  if (Type === 'CHAINED_INVOKE' && !ChainedInvokeOptions?.FunctionName)
    return 'Invalid ChainedInvokeOptions for the given action.';
  return undefined;
}

/** How an update differs from the operation with its ID, which has the same fields in a deterministic replay. */
export function mismatchOf(
  update: OperationUpdate,
  operation: Operation | undefined,
): { readonly field: string; readonly before: string; readonly now: string } | undefined {
  if (operation === undefined) return undefined;
  const fields = [
    ['type', operation.Type, update.Type],
    ['subtype', operation.SubType, update.SubType],
    ['name', operation.Name, update.Name],
    ['parent', operation.ParentId, update.ParentId],
  ] as const;
  for (const [field, before, now] of fields)
    if (now !== undefined && now !== before) return { field, before: before ?? '', now };
  return undefined;
}

function stateError({ Type, Action }: OperationUpdate, operation: Operation | undefined): string | undefined {
  if (STATES[Type][Action]?.includes(operation?.Status ?? 'new') === true) return undefined;
  if (Type === 'CONTEXT' || Type === 'STEP')
    return Action === 'START' && Type === 'CONTEXT'
      ? 'Cannot start a CONTEXT that already exists.'
      : `Invalid current ${Type} state to ${DOES[Action]}.`;
  return Action === 'START'
    ? `Cannot start a ${Type} that already exists.`
    : `Cannot cancel a ${Type} that does not exist or has already completed.`;
}

/** Checks the updates of one checkpoint together: one for each operation, except for START and the end of the same. */
class BatchCheck {
  readonly #execution: Execution;
  readonly #updates = new Map<string, OperationUpdate>();
  readonly #contexts = new Set<string>();
  #added = 0;

  constructor(execution: Execution) {
    this.#execution = execution;
  }

  error(update: OperationUpdate): string | undefined {
    const { Id, ParentId, Type, Action } = update;
    const earlier = this.#updates.get(Id);
    const endsNew =
      earlier !== undefined &&
      (Type === 'STEP' || Type === 'CONTEXT') &&
      earlier.Action === 'START' &&
      Action !== 'START';
    if (earlier !== undefined && !endsNew) return 'Cannot update the same operation twice in a single request.';
    const { operations } = this.#execution;
    if (ParentId !== undefined && !this.#contexts.has(ParentId) && operations.get(ParentId)?.Type !== 'CONTEXT')
      return 'Invalid parent operation id.';
    if (Type === 'CONTEXT') this.#contexts.add(Id);
    this.#updates.set(Id, update);
    const operation = operations.get(Id);
    if (operation === undefined && earlier === undefined && Type !== 'EXECUTION') this.#added++;
    if (operations.size - 1 + this.#added > DURABLE_LIMITS.operations)
      return `The durable execution exceeds the limit of ${DURABLE_LIMITS.operations} operations.`;
    const mismatch = mismatchOf(update, operation);
    if (mismatch !== undefined)
      return mismatch.field === 'parent'
        ? 'Inconsistent parent operation id.'
        : `Inconsistent operation ${mismatch.field}.`;
    return endsNew ? undefined : stateError(update, Type === 'EXECUTION' ? undefined : operation);
  }
}

/**
 * Why Lambda rejects the updates of a checkpoint (InvalidParameterValueException). Undefined if they're valid. Source:
 * Lambda service model; checks and messages of the local runner of AWS's durable execution SDKs.
 */
export function updatesError(execution: Execution, updates: readonly OperationUpdate[]): string | undefined {
  const ends = updates.filter(({ Type }) => Type === 'EXECUTION').length;
  if (ends > 1) return 'Cannot checkpoint multiple EXECUTION updates.';
  if (ends === 1 && updates.at(-1)?.Type !== 'EXECUTION') return 'EXECUTION checkpoint must be the last update.';
  const batch = new BatchCheck(execution);
  for (const update of updates) {
    const error = formError(update) ?? batch.error(update) ?? optionsError(update);
    if (error !== undefined) return error;
  }
  return undefined;
}
