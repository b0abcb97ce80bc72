import { DURABLE_LIMITS } from '../../core/durable/durableLimits.ts';
import type { Execution } from '../../core/durable/execution.ts';
import { isWaiting } from '../../core/durable/externalChanges.ts';
import type { Change } from '../../core/durable/journal.ts';
import { hasEnded, type ErrorObject } from '../../core/durable/operation.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import type { FunctionResponse } from '../process/runFunction.ts';
import { functionErrorOf, isPermanent, parseAnswer } from './invocationEvent.ts';

/** What follows from the end of an invocation. */
export interface InvocationEnd {
  readonly changes: readonly Change[];
  /** Whether the function is invoked again at once, or after a delay. By default, when an operation ends. */
  readonly next?: 'now' | 'later';
  /** Signs of a replay that differs from the history. */
  readonly warnings?: readonly Message[];
}

/** After an invocation that failed: the function is invoked again, or the execution fails. */
export function failedInvocation({ failedInvocations }: Execution, error: ErrorObject): InvocationEnd {
  const returned: Change = { entry: 'returned', error, isFailure: true };
  return isPermanent(error) || failedInvocations + 1 >= DURABLE_LIMITS.failedInvocations
    ? { changes: [returned, { entry: 'ended', status: 'FAILED', error }] }
    : { changes: [returned], next: 'later' };
}

/** Operations outside contexts that nothing waits for anymore. */
function openOperations({ operations }: Execution): Message[] {
  return [...operations.values()]
    .filter((operation) => operation.ParentId === undefined && operation.Type !== 'EXECUTION' && !hasEnded(operation))
    .map(({ Name, Id }) => message('durableLeftOpen', Name ?? Id));
}

interface Options {
  /** The revision of the execution at the start of the invocation. */
  readonly revision: number;
  /** Whether the code has changed since the execution started. */
  readonly hasNewCode: boolean;
}

/** What follows from the response to an invocation of an execution that hasn't ended. */
export function invocationEnd(
  execution: Execution,
  { payload, FunctionError }: FunctionResponse,
  { revision, hasNewCode }: Options,
): InvocationEnd {
  if (FunctionError !== undefined) return failedInvocation(execution, functionErrorOf(payload));
  const answer = parseAnswer(payload);
  if (answer.status === 'PENDING') {
    const changes: Change[] = [{ entry: 'returned' }];
    if (execution.revision > execution.seenRevision || isWaiting(execution)) return { changes };
    const isReady = [...execution.operations.values()].some(({ Status }) => Status === 'READY');
    if (isReady && execution.revision > revision) return { changes, next: 'now' };
    const error = {
      ErrorType: 'InvalidParameterValueException',
      ErrorMessage: 'Cannot return PENDING status with no pending operations.',
    };
    const warnings = [message('durableNonDeterministic')];
    return { changes: [...changes, { entry: 'ended', status: 'FAILED', error }], warnings };
  }
  const warnings = hasNewCode ? openOperations(execution) : [];
  if (answer.status === 'SUCCEEDED') {
    const { result } = answer;
    const end: Change = { entry: 'ended', status: 'SUCCEEDED', ...(result !== undefined && { result }) };
    return { changes: [{ entry: 'returned' }, end], warnings };
  }
  const error =
    answer.status === 'FAILED'
      ? answer.error
      : { ErrorType: 'InvalidParameterValueException', ErrorMessage: 'Invalid Status in invocation output.' };
  if (error.ErrorType?.includes('NonDeterministic') === true) warnings.unshift(message('durableNonDeterministic'));
  return {
    changes: [
      { entry: 'returned', error },
      { entry: 'ended', status: 'FAILED', error },
    ],
    warnings,
  };
}
