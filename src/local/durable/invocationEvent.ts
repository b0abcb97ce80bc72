import { randomUUID } from 'node:crypto';
import { DURABLE_LIMITS } from '../../core/durable/durableLimits.ts';
import { changedSince, operationPage, replayOperations } from '../../core/durable/pages.ts';
import type { Execution, ExecutionEnd } from '../../core/durable/execution.ts';
import type { ErrorObject } from '../../core/durable/operation.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { FunctionResponse } from '../process/runFunction.ts';

/**
 * The event of an invocation of a durable function. Times are milliseconds, which all SDKs read. Source: `DurableExecution-
 * InvocationInput` of AWS's durable execution SDKs for JavaScript and Python.
 */
export function invocationEvent(execution: Execution, CheckpointToken: string): Buffer {
  const operations = replayOperations(execution);
  const { items = [], NextMarker = '' } = operationPage(operations, {}) ?? {};
  const changed = changedSince(execution, execution.seenRevision);
  return Buffer.from(
    JSON.stringify({
      DurableExecutionArn: execution.start.arn,
      CheckpointToken,
      InitialExecutionState: { Operations: items, NextMarker },
      UpdatedOperationIds: execution.invocations === 0 ? [] : changed.map(({ Id }) => Id),
    }),
  );
}

export function newToken(): string {
  return Buffer.from(randomUUID()).toString('base64');
}

/** What a handler returned. Source: `DurableExecutionInvocationOutput` of the SDKs. */
export type InvocationAnswer =
  | { readonly status: 'PENDING' }
  | { readonly status: 'SUCCEEDED'; readonly result?: string }
  | { readonly status: 'FAILED'; readonly error: ErrorObject }
  | { readonly status: 'invalid' };

/** The parts of an error that Lambda knows. */
export function toErrorObject(value: unknown): ErrorObject {
  if (!isRecord(value)) return {};
  const { ErrorMessage, ErrorType, ErrorData, StackTrace } = value;
  return {
    ...(typeof ErrorMessage === 'string' && { ErrorMessage }),
    ...(typeof ErrorType === 'string' && { ErrorType }),
    ...(typeof ErrorData === 'string' && { ErrorData }),
    ...(Array.isArray(StackTrace) && { StackTrace: StackTrace.map(String) }),
  };
}

function parse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
}

export function parseAnswer(payload: Buffer): InvocationAnswer {
  const answer = parse(payload);
  if (!isRecord(answer)) return { status: 'invalid' };
  const { Status, Result, Error: error } = answer;
  if (Status === 'PENDING') return { status: 'PENDING' };
  if (Status === 'SUCCEEDED') return { status: 'SUCCEEDED', ...(typeof Result === 'string' && { result: Result }) };
  return Status === 'FAILED' ? { status: 'FAILED', error: toErrorObject(error) } : { status: 'invalid' };
}

/** A function's error, from the response of its runtime. */
export function functionErrorOf(payload: Buffer): ErrorObject {
  const error = parse(payload);
  if (!isRecord(error)) return { ErrorMessage: payload.toString('utf8').slice(0, DURABLE_LIMITS.error) };
  const { errorType, errorMessage, stackTrace, trace = stackTrace } = error;
  return {
    ...(typeof errorMessage === 'string' && { ErrorMessage: errorMessage }),
    ...(typeof errorType === 'string' && { ErrorType: errorType }),
    ...(Array.isArray(trace) && {
      StackTrace: trace.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))),
    }),
  };
}

/** Errors before the handler runs. Another attempt would fail in the same way. */
const PERMANENT = new Set([
  'Runtime.ImportModuleError',
  'Runtime.HandlerNotFound',
  'Runtime.MalformedHandlerName',
  'Runtime.UserCodeSyntaxError',
  'Runtime.InvalidEntrypoint',
  'Runtime.CallbackHandlerDeprecated',
]);

export function isPermanent({ ErrorType = '' }: ErrorObject): boolean {
  return PERMANENT.has(ErrorType);
}

/** The response to a synchronous invocation, after the execution has ended. */
export function responseOf({
  status,
  result,
  error = {},
}: ExecutionEnd): Pick<FunctionResponse, 'payload' | 'FunctionError'> {
  if (status === 'SUCCEEDED') return { payload: Buffer.from(result ?? 'null') };
  const { ErrorMessage, ErrorType, ErrorData, StackTrace } = error;
  const body = {
    errorType:
      ErrorType ?? (status === 'FAILED' ? 'Error' : `Execution.${status === 'STOPPED' ? 'Stopped' : 'TimedOut'}`),
    errorMessage: ErrorMessage ?? '',
    ...(ErrorData !== undefined && { errorData: ErrorData }),
    ...(StackTrace !== undefined && { trace: StackTrace }),
  };
  return { payload: Buffer.from(JSON.stringify(body)), FunctionError: 'Unhandled' };
}
