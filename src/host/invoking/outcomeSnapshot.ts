import type { InvocationResult, Outcome } from '../../core/outcome/outcome.ts';
import type { Message } from '../../core/messages/messages.ts';
import { toResponseText } from '../../core/outcome/response.ts';

/** An outcome as a result of commands, for tasks, tests and other extensions. */
export interface OutcomeSnapshot {
  readonly state: Outcome['state'];
  readonly StatusCode?: number;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  readonly DurableExecutionArn?: string;
  readonly requestId?: string;
  readonly traceId?: string;
  /** The response as text, unless it is binary or missing. */
  readonly payloadText?: string;
  readonly logTail?: string;
  readonly report?: object;
  /** The number of attempts, if more than one. */
  readonly attempts?: number;
  /** The AWS exception. */
  readonly exception?: { readonly name: string; readonly message: string };
  /** Why there is no response, and what to do. */
  readonly reason?: string;
  readonly clientMs: number;
}

export function toOutcomeSnapshot(
  { outcome, Payload }: InvocationResult,
  sentence: (reason: Message) => string,
): OutcomeSnapshot {
  const { state, clientMs } = outcome;
  const { requestId, traceId, attempts } = outcome;
  const common = {
    state,
    clientMs,
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
    ...(attempts !== undefined && { attempts }),
  };
  if (!('StatusCode' in outcome)) {
    const exception = 'exception' in outcome ? outcome.exception : undefined;
    return { ...common, reason: sentence(outcome.reason), ...(exception !== undefined && { exception }) };
  }
  const { StatusCode, FunctionError, ExecutedVersion, DurableExecutionArn, logTail, report } = outcome;
  const response = toResponseText(Payload ?? new Uint8Array());
  return {
    ...common,
    StatusCode,
    ...(FunctionError !== undefined && { FunctionError }),
    ...(ExecutedVersion !== undefined && { ExecutedVersion }),
    ...(DurableExecutionArn !== undefined && { DurableExecutionArn }),
    ...('text' in response && { payloadText: response.text }),
    ...(logTail !== undefined && { logTail: logTail.text }),
    ...(report !== undefined && { report }),
  };
}
