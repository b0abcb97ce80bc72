import type { ConnectionView } from '../connection/connection.ts';
import { diagnose, type Diagnosis } from './diagnosis.ts';
import { parseFunctionError, type FunctionErrorDetails } from './functionError.ts';
import type { DeclinedPrompt, ServiceException } from './invokeError.ts';
import { LIMITS } from '../invocation/limits.ts';
import { decodeLogResult, findReport, type LogTail } from './logTail.ts';
import type { Message } from '../messages/messages.ts';
import { capText } from '../messages/capText.ts';
import type { Report } from './report.ts';
import type { Problem } from '../invocation/validate.ts';

/** Lambda's response to Invoke, with its own field names. requestId and traceId come from headers. */
export interface InvokeResponse {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly LogResult?: string;
  readonly ExecutedVersion?: string;
  readonly DurableExecutionArn?: string;
  readonly Payload: Uint8Array;
  readonly requestId?: string;
  readonly traceId?: string;
  /** The connection the request was sent with. */
  readonly connection: ConnectionView;
  /** The local endpoint's advice for an error. */
  readonly advice?: Message;
  /** The error of a streamed response, from InvokeComplete. The payload contains the chunks before it. */
  readonly streamError?: { readonly ErrorCode: string; readonly ErrorDetails?: string };
  /** Advice for an error of a local function, unless there is more specific advice. */
  readonly fallbackAdvice?: Message;
}

/** Progress of a streamed response. firstByteMs is measured from sending the request. */
export interface StreamStats {
  readonly firstByteMs?: number;
  readonly chunks: number;
  readonly bytes: number;
  /** The number of bytes kept in memory, from the start. */
  readonly bufferedBytes: number;
  /** The file the response was written to while streaming. */
  readonly savedTo?: string;
}

interface Completion {
  /** From the invoke command to the complete response, in milliseconds. */
  readonly clientMs: number;
  /** Notes for the user beside the outcome. */
  readonly notes: readonly Message[];
  /**
   * How many times the request was sent, if more than once. All earlier attempts were rejected, and each has a note.
   */
  readonly attempts?: number;
  readonly stream?: StreamStats;
  readonly requestId?: string;
  readonly traceId?: string;
}

interface ResponseFields
  extends Completion, Omit<InvokeResponse, 'Payload' | 'LogResult' | 'streamError' | 'advice' | 'fallbackAdvice'> {
  /** The size of the response body in bytes. The body itself isn't part of the outcome. */
  readonly responseBytes: number;
  readonly logTail?: LogTail;
  /** A log tail was requested, but not sent, because functions on managed instances don't return one. */
  readonly isTailOmitted?: true;
  /** The function runs on managed instances, which aren't billed by its duration. */
  readonly isManaged?: true;
  readonly report?: Report;
}

/** What can be done about a missing response before trying again. A result that needs trust isn't an error. */
export type Remedy = { readonly kind: 'signIn'; readonly profile: string } | { readonly kind: 'manageTrust' };

/** How an invocation ended. Plain data without the response body, so it can be stored, sent and shown. */
export type Outcome =
  | ({ readonly state: 'succeeded' | 'accepted' | 'dryRun' } & ResponseFields)
  | ({
      readonly state: 'functionError';
      readonly functionError: FunctionErrorDetails;
      readonly diagnosis: Diagnosis;
    } & ResponseFields)
  | ({
      readonly state: 'failed';
      readonly reason: Message;
      readonly problems?: readonly Problem[];
      readonly exception?: ServiceException;
      readonly remedy?: Remedy;
    } & Completion)
  | ({
      readonly state: 'cancelled';
      readonly reason: Message;
      /** No request was sent, not even one that was rejected. */
      readonly nothingSent?: true;
      /** The prompt that ended it. Missing if the user stopped waiting. */
      readonly declined?: DeclinedPrompt;
      readonly remedy?: Remedy;
    } & Completion);

/** What an invocation waits for before the request is sent. The function isn't running. */
export type WaitingFor =
  | { readonly kind: 'confirmation' }
  | { readonly kind: 'mfaCode' }
  | { readonly kind: 'signIn'; readonly profile: string }
  /** The delay before a retry of a rejected request. `attempt` is the number of the next attempt. */
  | { readonly kind: 'retry'; readonly attempt: number; readonly reason: Message; readonly remainingMs: number };

/** What the result pane shows: an outcome, an invocation in progress, or nothing yet. */
export type OutcomeView =
  | { readonly state: 'idle' }
  | { readonly state: 'waiting'; readonly waitingFor: WaitingFor; readonly isStopping: boolean }
  | {
      readonly state: 'running';
      readonly elapsedMs: number;
      readonly isStopping: boolean;
      readonly stream?: StreamStats;
    }
  | Outcome;

/** An outcome and its response body. */
export interface InvocationResult {
  readonly outcome: Outcome;
  readonly Payload?: Uint8Array;
  /** The payload as it was sent. Missing if it couldn't be read. */
  readonly sent?: Uint8Array;
  /** The status code of an HTTP response whose bytes are gone. */
  readonly statusCode?: number;
}

const HEADERS = ['FunctionError', 'ExecutedVersion', 'DurableExecutionArn', 'requestId', 'traceId'] as const;

/** The error of a stream. Its details are JSON like a function error's payload, or plain text. */
function streamErrorDetails({
  ErrorCode,
  ErrorDetails,
}: NonNullable<InvokeResponse['streamError']>): FunctionErrorDetails {
  const details = parseFunctionError(ErrorDetails ?? '');
  const type = details.type ?? capText(ErrorCode, LIMITS.header);
  const text = details.message ?? (ErrorDetails === undefined ? undefined : capText(ErrorDetails));
  return { ...details, type, ...(text !== undefined && { message: text }) };
}

/** Header values, limited to the length of a header. */
function shortHeaders(response: Omit<InvokeResponse, 'Payload'>): Partial<Record<(typeof HEADERS)[number], string>> {
  return Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = response[name];
      return value === undefined ? [] : [[name, capText(value, LIMITS.header)] as const];
    }),
  );
}

interface OutcomeContext {
  /** See `ResponseFields`. */
  readonly isTailOmitted?: boolean;
  /** Whether the function runs on managed instances, as far as known. */
  readonly isManaged?: boolean;
}

/** Converts Lambda's response to an outcome. A FunctionError means failure, whatever the status code. */
export function toOutcome(
  response: InvokeResponse,
  completion: Completion,
  { isTailOmitted = false, isManaged = false }: OutcomeContext = {},
): Outcome {
  const { Payload, LogResult, streamError, advice, fallbackAdvice, ...rest } = response;
  const fields = { ...rest, ...shortHeaders(rest) };
  const logTail = LogResult === undefined || LogResult === '' ? undefined : decodeLogResult(LogResult);
  const report = logTail === undefined ? undefined : findReport(logTail.text, response.requestId);
  const responseFields = {
    ...fields,
    ...completion,
    responseBytes: completion.stream?.bytes ?? Payload.byteLength,
    ...(logTail !== undefined && { logTail }),
    ...(isTailOmitted && { isTailOmitted }),
    ...(isManaged && response.connection.kind === 'aws' && { isManaged }),
    ...(report !== undefined && { report }),
  };
  if (response.FunctionError !== undefined) {
    const functionError = streamError === undefined ? parseFunctionError(Payload) : streamErrorDetails(streamError);
    const isLocal = response.connection.kind === 'local';
    const evidence = {
      error: functionError,
      ...(report !== undefined && { report }),
      ...(logTail !== undefined && { logText: logTail.text }),
      ...(fallbackAdvice !== undefined && { fallback: fallbackAdvice }),
      isLocal,
      isManaged: isManaged && !isLocal, // Local ends the process of a function that times out
    };
    const diagnosis = { ...diagnose(evidence), ...(advice !== undefined && { advice }) };
    return { state: 'functionError', functionError, diagnosis, ...responseFields };
  }
  switch (response.StatusCode) {
    case 202:
      return { state: 'accepted', ...responseFields };
    case 204:
      return { state: 'dryRun', ...responseFields };
    default:
      return { state: 'succeeded', ...responseFields };
  }
}

export function hasResponse(outcome: OutcomeView): outcome is Extract<Outcome, { StatusCode: number }> {
  return 'StatusCode' in outcome;
}
