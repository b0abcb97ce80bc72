import type { Connection } from '../core/connection/connection.ts';
import { errorText } from '../core/messages/errorText.ts';
import type { Invocation, PayloadSource } from '../core/invocation/invocation.ts';
import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';
import type { Invoke, InvokeTarget } from '../core/invocation/invokeRequest.ts';
import { message, toSentence, type Message } from '../core/messages/messages.ts';
import { toOutcome, type InvocationResult, type InvokeResponse } from '../core/outcome/outcome.ts';
import { validatePayload, type Payload } from '../core/invocation/payload.ts';
import { createPromptTimer } from '../core/async/promptTimer.ts';
import { withTimeout } from '../core/async/withTimeout.ts';
import { untilAborted } from '../core/async/untilAborted.ts';
import { validateFields, type Problem } from '../core/invocation/validate.ts';
import type { ResponseStream } from './responseStream.ts';
import { sendWithRetries, type PendingRetry } from './sendWithRetries.ts';

/** What running an invocation needs. All of it is called when the person invokes, never earlier. */
export interface RunDependencies {
  /** The payload's bytes, read now. Rejects with InvokeError. */
  readPayload(source: PayloadSource): Promise<Payload>;
  /** Asks for a confirmation where a setting requires one. False: don't invoke. */
  confirm(
    question: {
      readonly invocation: Invocation;
      readonly connection: Connection;
      readonly payloadBytes: number;
    },
    signal: AbortSignal,
  ): Promise<boolean>;
  /** Offers to sign in to a profile. True once that is done; rejects with InvokeError. */
  signIn(profile: string, signal: AbortSignal): Promise<boolean>;
  /** Where to send the request. For Local, the endpoint is started. Rejects with InvokeError. */
  target(connection: Connection): Promise<InvokeTarget>;
  readonly invoke: Invoke;
  /** How often a request that can't have run the function may be sent again; 0 means never. */
  maxRetries(): number;
}

/** What to invoke, and where. */
export interface InvocationOrder {
  readonly invocation: Invocation;
  readonly connection: Connection;
  /** The person has confirmed it already, for several files at once. */
  readonly isConfirmed?: boolean;
  /** A payload that isn't JSON is sent as it is, this once. */
  readonly isSentAnyway?: boolean;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Takes the response of a streamed invocation. */
  readonly stream?: ResponseStream;
  readonly onRetryChange?: (retry: PendingRetry | undefined) => void;
}

function validationError(problems: readonly Problem[]): InvokeError {
  const [first] = problems;
  return new InvokeError(message('invalid', first === undefined ? '' : toSentence(first.message)));
}

function toInvokeError(error: unknown): InvokeError {
  return isInvokeError(error) ? error : new InvokeError(message('unexpected', errorText(error)), { cause: error });
}

/** How long to wait until the last bytes of a file are written. */
const MAX_FILE_WAIT_MS = 10_000;

/** How much of an error that follows a response is shown. In characters. */
const MAX_ERROR_TEXT = 2000;

function withoutResend({ reason, exception, requestId, traceId, cause }: InvokeError): InvokeError {
  return new InvokeError(reason, {
    cause,
    ...(exception !== undefined && { exception }),
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
  });
}

/** What came as the response; an error that came instead of it is what came. Behind a response, it is a note. */
function streamedPayload(stream: ResponseStream, { streamError }: InvokeResponse, notes: Message[]): Uint8Array {
  const details = streamError?.ErrorDetails ?? '';
  if (details === '') return stream.buffered();
  if (stream.stats.bytes === 0) return new TextEncoder().encode(details);
  notes.push(message('streamErrorRaw', details.slice(0, MAX_ERROR_TEXT)));
  return stream.buffered();
}

/** Reads the payload and checks it; the problem where it may not be sent. */
async function readValidPayload(
  { invocation, isSentAnyway = false }: InvocationOrder,
  { readPayload }: Pick<RunDependencies, 'readPayload'>,
): Promise<{ readonly payload: Payload; readonly problem?: Problem }> {
  const payload = await readPayload(invocation.payload);
  const problem = validatePayload(payload.bytes, invocation.InvocationType);
  if (problem === undefined || (isSentAnyway && problem.code === 'payloadNotJson')) return { payload };
  return { payload, problem: { field: 'Payload', message: problem } };
}

/**
 * Runs one invocation, once: checks it again (the form is not trusted), reads the payload, asks where asking is wanted,
 * sends, and says how it ended. Never rejects: whatever goes wrong is an outcome. The only use of Lambda's Invoke.
 */
export async function runInvocation(
  order: InvocationOrder,
  dependencies: RunDependencies,
  { signal, stream, onRetryChange = () => undefined }: RunOptions,
): Promise<InvocationResult> {
  const { invocation, connection, isConfirmed = false } = order;
  let start = performance.now();
  // An MFA code's time is the person's, of the questions that this invocation waits for.
  const prompts = createPromptTimer();
  const notes: Message[] = [];
  let attempts = 1;
  let problems: Problem[] = [];
  let received: Uint8Array | undefined;

  /** What every end has. A file that does not take its last bytes is not waited for without end. */
  async function finish(isComplete: boolean) {
    if (stream !== undefined) {
      const hasEnded = await withTimeout(
        stream.end({ isComplete }).then(() => true),
        signal.aborted ? 1000 : MAX_FILE_WAIT_MS,
      );
      if (!hasEnded) notes.push(message('streamFileSlow', stream.sink?.label ?? ''));
    }
    const failure = stream?.sinkError;
    if (failure !== undefined) notes.push(message('streamFileFailed', failure.label, errorText(failure.error)));
    return {
      clientMs: Math.max(0, performance.now() - start - prompts.ms),
      notes,
      ...(attempts > 1 && { attempts }),
      ...(stream !== undefined && { stream: stream.stats }),
    };
  }

  try {
    problems = validateFields(invocation);
    if (problems.length > 0) throw validationError(problems);
    const { payload, problem } = await untilAborted(readValidPayload(order, dependencies), signal);
    notes.push(...payload.notes);
    if (problem !== undefined) {
      problems = [problem];
      throw validationError(problems);
    }
    const question = { invocation, connection, payloadBytes: payload.bytes.byteLength };
    const isConfirmedNow = isConfirmed || (await untilAborted(dependencies.confirm(question, signal), signal));
    start = performance.now(); // a question's time is the person's
    if (!isConfirmedNow) throw new InvokeError(message('notConfirmed'));
    const target = await untilAborted(dependencies.target(connection), signal);
    if (signal.aborted) throw new InvokeError(message('cancelledBeforeSending'));
    const { payload: _, ...fields } = invocation;
    const options = {
      target,
      signal,
      onPrompt: prompts.onPrompt,
      ...(stream !== undefined && { onChunk: (bytes: Uint8Array) => stream.append(bytes) }),
    };
    const answer = await sendWithRetries(
      { ...fields, Payload: payload.bytes },
      (request) => {
        stream?.markSent();
        const send = () => dependencies.invoke(request, options);
        return send()
          .catch(async (error: unknown) => {
            // The SSO session has expired: nothing was sent, and the invocation continues after the sign-in.
            const profile = isInvokeError(error) ? error.loginProfile : undefined;
            if (profile === undefined) throw error;
            const signInStart = performance.now();
            const isSignedIn = await untilAborted(dependencies.signIn(profile, signal), signal);
            start += performance.now() - signInStart;
            if (!isSignedIn) throw error;
            notes.push(message('loggedIn', profile));
            return send();
          })
          .catch((error: unknown) => {
            // Whatever the error is: a function that has responded has run.
            throw stream !== undefined && stream.stats.chunks > 0 ? withoutResend(toInvokeError(error)) : error;
          });
      },
      {
        maxRetries: dependencies.maxRetries(),
        signal,
        onRetryChange,
        onRejected: (reason) => {
          notes.push(message('attemptRefused', attempts, toSentence(reason)));
          attempts++;
        },
      },
    );
    received = stream === undefined ? answer.Payload : streamedPayload(stream, answer, notes);
    // A dry run, or a function that failed at once, has no response: the chosen file isn't touched.
    const isComplete = answer.StatusCode === 200 && answer.FunctionError === undefined;
    return { outcome: toOutcome(answer, await finish(isComplete)), Payload: received };
  } catch (error) {
    const { reason, exception, requestId, traceId } = toInvokeError(error);
    const isPartial = stream !== undefined && stream.stats.bytes > 0;
    if (isPartial) notes.push(message('streamPartly'));
    const details = {
      reason,
      ...(await finish(false)),
      ...(requestId !== undefined && { requestId }),
      ...(traceId !== undefined && { traceId }),
    };
    const held = received ?? (isPartial ? stream.buffered() : undefined);
    const part = held === undefined ? {} : { Payload: held };
    const isCancelled = signal.aborted || reason.code === 'notConfirmed';
    if (isCancelled) return { outcome: { state: 'cancelled', ...details }, ...part };
    const failed = {
      ...(exception !== undefined && { exception }),
      ...(problems.length > 0 && { problems }),
    };
    return { outcome: { state: 'failed', ...details, ...failed }, ...part };
  }
}
