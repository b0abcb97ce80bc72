import type { Connection } from '../core/connection/connection.ts';
import { errorText } from '../core/messages/errorText.ts';
import type { KnownFunctions } from '../core/functions/knownFunctions.ts';
import type { Invocation, PayloadSource } from '../core/invocation/invocation.ts';
import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';
import type { Invoke, InvokeTarget } from '../core/invocation/invokeRequest.ts';
import { message, toSentence, type Message, type MessageCode } from '../core/messages/messages.ts';
import { toOutcome, type InvocationResult, type InvokeResponse, type Remedy } from '../core/outcome/outcome.ts';
import { validatePayload, type Payload } from '../core/invocation/payload.ts';
import { createPromptTimer } from '../core/async/promptTimer.ts';
import { withTimeout } from '../core/async/withTimeout.ts';
import { untilAborted } from '../core/async/untilAborted.ts';
import { validateFields, type Problem } from '../core/invocation/validate.ts';
import type { PresetOrigin } from '../core/presets/presetOrigin.ts';
import type { ResponseStream } from './responseStream.ts';
import { sendWithRetries } from './sendWithRetries.ts';
import { createWaits, type ReportPrompt, type Wait } from './waits.ts';

/** The dependencies of an invocation. They are only called while it runs. */
export interface RunDependencies {
  /** Reads the payload. May ask whether to save it. Rejects with InvokeError. */
  readPayload(source: PayloadSource, reportPrompt: ReportPrompt): Promise<Payload>;
  /** Asks for confirmation if a setting requires it. False means don't invoke. */
  confirm(
    question: {
      readonly invocation: Invocation;
      readonly connection: Connection;
      readonly payloadBytes: number;
      readonly environment?: Readonly<Record<string, string>>;
    },
    signal: AbortSignal,
    reportPrompt: ReportPrompt,
  ): Promise<boolean>;
  /** Offers to sign in to a profile. Resolves to true after the sign-in; rejects with InvokeError. */
  signIn(profile: string, signal: AbortSignal): Promise<boolean>;
  /** Resolves where to send the request. Starts the local endpoint if needed. Rejects with InvokeError. */
  target(connection: Connection): Promise<InvokeTarget>;
  readonly invoke: Invoke;
  readonly knownFunctions: Pick<KnownFunctions, 'isManaged' | 'rememberManaged'>;
  /** The maximum retries of a request that can't have run the function. */
  maxRetries(): number;
}

/** What to invoke, and where. */
export interface InvocationOrder {
  readonly invocation: Invocation;
  readonly connection: Connection;
  /** Environment variables for a local function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** It had environment variables, which weren't stored. It can't be run without them. */
  readonly lacksEnvironment?: true;
  /** The preset that it comes from. */
  readonly preset?: PresetOrigin;
  /** Already confirmed, for several files at once. */
  readonly isConfirmed?: boolean;
  /** Allows a payload that isn't JSON. */
  readonly isSentAnyway?: boolean;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Receives the response of a streamed invocation. */
  readonly stream?: ResponseStream;
  /** The payload, if it was read before, so that several invocations send the same one. */
  readonly payload?: Payload;
  /** Called when the invocation starts to wait for something other than the function, and with undefined after it. */
  readonly onWaitChange?: (wait: Wait | undefined) => void;
}

function validationError(problems: readonly Problem[]): InvokeError {
  const [first] = problems;
  return new InvokeError(message('invalid', first === undefined ? '' : toSentence(first.message)));
}

function toInvokeError(error: unknown): InvokeError {
  return isInvokeError(error) ? error : new InvokeError(message('unexpected', errorText(error)), { cause: error });
}

function remedyOf(signInProfile: string | undefined, needsTrust: boolean): { readonly remedy?: Remedy } {
  if (needsTrust) return { remedy: { kind: 'manageTrust' } };
  return signInProfile === undefined ? {} : { remedy: { kind: 'signIn', profile: signInProfile } };
}

/** The maximum time to write the last bytes of a file. */
const MAX_FILE_WAIT_MS = 10_000;

/** The maximum length of an error after a partial response. */
const MAX_ERROR_TEXT = 2000;

function withoutResend({ reason, exception, requestId, traceId, cause }: InvokeError): InvokeError {
  return new InvokeError(reason, {
    cause,
    ...(exception !== undefined && { exception }),
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
  });
}

/** The response. A stream error is the payload if there is no response, and a note otherwise. */
function streamedPayload(stream: ResponseStream, { streamError }: InvokeResponse, notes: Message[]): Uint8Array {
  const details = streamError?.ErrorDetails ?? '';
  if (details === '') return stream.buffered();
  if (stream.stats.bytes === 0) return new TextEncoder().encode(details);
  notes.push(message('streamErrorRaw', details.slice(0, MAX_ERROR_TEXT)));
  return stream.buffered();
}

/** The reasons of invocations that were stopped before the first request. */
const NOTHING_SENT: ReadonlySet<MessageCode> = new Set(['notConfirmed', 'cancelledBeforeSending']);

/** Reads and validates the payload. */
async function readValidPayload(
  { invocation, isSentAnyway = false }: InvocationOrder,
  read: () => Promise<Payload>,
): Promise<{ readonly payload: Payload; readonly problem?: Problem }> {
  const payload = await read();
  const problem = validatePayload(payload.bytes, invocation.InvocationType);
  if (problem === undefined || (isSentAnyway && problem.code === 'payloadNotJson')) return { payload };
  return { payload, problem: { field: 'Payload', message: problem } };
}

/**
 * Runs an invocation once: validates it again, because the form isn't trusted, reads the payload, asks for confirmation
 * if required, and sends it. Never rejects: errors are outcomes. Nothing else calls Invoke.
 */
export async function runInvocation(
  order: InvocationOrder,
  dependencies: RunDependencies,
  { signal, stream, payload: known, onWaitChange = () => undefined }: RunOptions,
): Promise<InvocationResult> {
  const { invocation, connection, environment, isConfirmed = false } = order;
  let start = performance.now();
  // Excludes the time of prompts, for example for MFA codes, from the total time.
  const prompts = createPromptTimer();
  const waits = createWaits(onWaitChange);
  const notes: Message[] = [];
  let attempts = 1;
  let problems: Problem[] = [];
  let sent: Uint8Array | undefined;
  let received: Uint8Array | undefined;
  /** The profile whose session has expired. */
  let signInProfile: string | undefined;

  /** Ends the stream and returns the details that all outcomes have. Doesn't wait forever for a slow file. */
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
    if (order.lacksEnvironment === true) throw new InvokeError(message('environmentGone', order.preset?.name ?? ''));
    problems = validateFields(invocation);
    if (problems.length > 0) throw validationError(problems);
    const read = async () => known ?? dependencies.readPayload(invocation.payload, waits.reportPrompt);
    const { payload, problem } = await untilAborted(readValidPayload(order, read), signal);
    sent = payload.bytes;
    notes.push(...payload.notes);
    if (problem !== undefined) {
      problems = [problem];
      throw validationError(problems);
    }
    const variables = environment === undefined ? {} : { environment };
    const question = { invocation, connection, payloadBytes: payload.bytes.byteLength, ...variables };
    const isConfirmedNow =
      isConfirmed || (await untilAborted(dependencies.confirm(question, signal, waits.reportPrompt), signal));
    start = performance.now(); // exclude the time of the confirmation
    if (!isConfirmedNow) throw new InvokeError(message('notConfirmed'), { declined: 'confirmation' });
    const target = await untilAborted(dependencies.target(connection), signal);
    if (signal.aborted) throw new InvokeError(message('cancelledBeforeSending'));
    const { payload: _, LogType, ...others } = invocation;
    const { knownFunctions } = dependencies;
    const isManaged = () => knownFunctions.isManaged(connection, invocation.FunctionName) === true;
    let isTailOmitted = LogType === 'Tail' && isManaged();
    const fields = { ...others, ...(LogType !== undefined && !isTailOmitted && { LogType }) };
    const options = {
      target,
      ...variables,
      signal,
      onPrompt(isOpen: boolean) {
        prompts.onPrompt(isOpen);
        waits.reportPrompt('mfaCode', isOpen);
      },
      ...(stream !== undefined && { onChunk: (bytes: Uint8Array) => stream.append(bytes) }),
    };
    const answer = await sendWithRetries(
      { ...fields, Payload: payload.bytes },
      (request) => {
        stream?.markSent();
        const send = () => dependencies.invoke(request, options);
        return send()
          .catch(async (error: unknown) => {
            // The SSO session has expired. Nothing was sent, so continue after the sign-in.
            const profile = isInvokeError(error) ? error.loginProfile : undefined;
            if (profile === undefined) throw error;
            const signInStart = performance.now();
            signInProfile = profile;
            const signedIn = untilAborted(dependencies.signIn(profile, signal), signal);
            const isSignedIn = await waits.during({ kind: 'signIn', profile }, signedIn);
            start += performance.now() - signInStart;
            if (!isSignedIn) throw new InvokeError(toInvokeError(error).reason, { declined: 'signIn', cause: error });
            signInProfile = undefined;
            notes.push(message('loggedIn', profile));
            return send();
          })
          .catch((error: unknown) => {
            // A function that has responded has run, so never retry.
            throw stream !== undefined && stream.stats.chunks > 0 ? withoutResend(toInvokeError(error)) : error;
          });
      },
      {
        maxRetries: dependencies.maxRetries(),
        signal,
        waits,
        onRejected: (reason) => {
          if (reason.code === 'tailRefused') {
            isTailOmitted = true;
            knownFunctions.rememberManaged(connection, invocation.FunctionName);
          }
          notes.push(message('attemptRefused', attempts, toSentence(reason)));
          attempts++;
        },
      },
    );
    received = stream === undefined ? answer.Payload : streamedPayload(stream, answer, notes);
    // A dry run, or a function that failed before responding, must not touch the file.
    const isComplete = answer.StatusCode === 200 && answer.FunctionError === undefined;
    const outcome = toOutcome(answer, await finish(isComplete), { isTailOmitted, isManaged: isManaged() });
    return { outcome, Payload: received, sent };
  } catch (error) {
    const { reason, exception, requestId, traceId, needsTrust, declined } = toInvokeError(error);
    const isPartial = stream !== undefined && stream.stats.bytes > 0;
    if (isPartial) notes.push(message('streamPartly'));
    const details = {
      reason,
      ...(await finish(false)),
      ...(requestId !== undefined && { requestId }),
      ...(traceId !== undefined && { traceId }),
    };
    const held = received ?? (isPartial ? stream.buffered() : undefined);
    const bodies = { ...(held !== undefined && { Payload: held }), ...(sent !== undefined && { sent }) };
    const remedy = remedyOf(signInProfile, needsTrust);
    if (signal.aborted || declined !== undefined) {
      const isUnsent = attempts === 1 && (declined !== undefined || NOTHING_SENT.has(reason.code));
      const cancelled = {
        ...(isUnsent && { nothingSent: true as const }),
        ...(declined !== undefined && { declined }),
      };
      return { outcome: { state: 'cancelled', ...details, ...cancelled, ...remedy }, ...bodies };
    }
    const failed = {
      ...remedy,
      ...(exception !== undefined && { exception }),
      ...(problems.length > 0 && { problems }),
    };
    return { outcome: { state: 'failed', ...details, ...failed }, ...bodies };
  }
}
