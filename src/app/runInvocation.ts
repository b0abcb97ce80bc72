import type { Connection } from '../core/connection.ts';
import type { Invocation, PayloadSource } from '../core/invocation.ts';
import { InvokeError, isInvokeError } from '../core/invokeError.ts';
import type { Invoke, InvokeTarget } from '../core/invokeRequest.ts';
import { message, toSentence, type Message } from '../core/messages.ts';
import { toOutcome, type InvocationResult } from '../core/outcome.ts';
import { validatePayload, type Payload } from '../core/payload.ts';
import { validateFields, type Problem } from '../core/validate.ts';

/** What running an invocation needs of the world. All of it is called at the click, never earlier. */
export interface RunDependencies {
  /** The payload's bytes, read now. Rejects with InvokeError. */
  readPayload(source: PayloadSource): Promise<Payload>;
  /** Asks where a setting wants to be asked; false means no. */
  confirm(invocation: Invocation, connection: Connection): Promise<boolean>;
  /** A connection made usable: for Local, the endpoint is started. Rejects with InvokeError. */
  target(connection: Connection): Promise<InvokeTarget>;
  readonly invoke: Invoke;
}

/** What is asked, in one piece. */
export interface InvocationOrder {
  readonly invocation: Invocation;
  readonly connection: Connection;
  /** The person was asked already, for this one and others in one question. */
  readonly isConfirmed?: boolean;
}

function refusal(problems: readonly Problem[]): InvokeError {
  const [first] = problems;
  return new InvokeError(message('invalid', first === undefined ? '' : toSentence(first.message)));
}

function toReason(error: unknown): InvokeError {
  if (isInvokeError(error)) return error;
  return new InvokeError(message('unexpected', error instanceof Error ? error.message : String(error)), {
    cause: error,
  });
}

/**
 * Runs one invocation, once: checks it again (the form is not trusted), reads the payload, asks where asking is wanted,
 * sends, and says how it ended. Never rejects: whatever goes wrong is an outcome. The only use of Lambda's Invoke.
 */
export async function runInvocation(
  { invocation, connection, isConfirmed = false }: InvocationOrder,
  dependencies: RunDependencies,
  signal: AbortSignal,
): Promise<InvocationResult> {
  let start = performance.now();
  const notes: Message[] = [];
  let problems: Problem[] = [];
  try {
    problems = validateFields(invocation);
    if (problems.length > 0) throw refusal(problems);
    const payload = await dependencies.readPayload(invocation.payload);
    notes.push(...payload.notes);
    const wrongPayload = validatePayload(payload.bytes, invocation.InvocationType);
    if (wrongPayload !== undefined) {
      problems = [{ field: 'Payload', message: wrongPayload }];
      throw refusal(problems);
    }
    if (!isConfirmed && !(await dependencies.confirm(invocation, connection)))
      throw new InvokeError(message('notConfirmed'));
    start = performance.now(); // a question's time is the person's
    const target = await dependencies.target(connection);
    if (signal.aborted) throw new InvokeError(message('cancelledBeforeSending'));
    const { payload: _, ...fields } = invocation;
    const answer = await dependencies.invoke({ ...fields, Payload: payload.bytes }, { target, signal });
    const outcome = toOutcome(answer, { clientMs: performance.now() - start, notes });
    return { outcome, Payload: answer.Payload };
  } catch (error) {
    const { reason, exception, requestId } = toReason(error);
    const ended = { reason, clientMs: performance.now() - start, notes };
    const isCancelled = signal.aborted || reason.code === 'notConfirmed';
    if (isCancelled) return { outcome: { state: 'cancelled', ...ended } };
    const details = {
      ...(exception !== undefined && { exception }),
      ...(requestId !== undefined && { requestId }),
      ...(problems.length > 0 && { problems }),
    };
    return { outcome: { state: 'failed', ...ended, ...details } };
  }
}
