import type { ConnectionView } from '../connection/connection.ts';
import { diagnose, type Diagnosis } from './diagnosis.ts';
import { parseFunctionError, type FunctionErrorDetails } from './functionError.ts';
import type { ServiceException } from './invokeError.ts';
import { LIMITS } from '../invocation/limits.ts';
import { decodeLogResult, findReport, type LogTail } from './logTail.ts';
import type { Message } from '../messages/messages.ts';
import { capText } from '../messages/capText.ts';
import type { Report } from './report.ts';
import type { Problem } from '../invocation/validate.ts';

/** Lambda's answer to Invoke, in its own names; requestId and traceId come from the headers. */
export interface InvokeResponse {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly LogResult?: string;
  readonly ExecutedVersion?: string;
  readonly DurableExecutionArn?: string;
  readonly Payload: Uint8Array;
  readonly requestId?: string;
  readonly traceId?: string;
  /** What the request was sent with. */
  readonly connection: ConnectionView;
  /** The error of a streamed response, from InvokeComplete: the payload is what came before it. */
  readonly streamError?: { readonly ErrorCode: string; readonly ErrorDetails?: string };
}

/** What a streamed response has brought. The first byte's time is counted from the sending, in milliseconds. */
export interface StreamStats {
  readonly firstByteMs?: number;
  readonly chunks: number;
  readonly bytes: number;
  /** Of the bytes, so many of the first are held in memory. */
  readonly heldBytes: number;
  /** The file it was written to while it came. */
  readonly savedTo?: string;
}

interface Ended {
  /** From the click's handling in the host to the whole answer, in milliseconds. */
  readonly clientMs: number;
  /** What is worth knowing of this invocation beside its outcome. */
  readonly notes: readonly Message[];
  /** How often the request was sent; absent where it was once. Every attempt but the last was refused, and is a note. */
  readonly attempts?: number;
  readonly stream?: StreamStats;
  readonly requestId?: string;
  readonly traceId?: string;
}

interface Answered extends Ended, Omit<InvokeResponse, 'Payload' | 'LogResult' | 'streamError'> {
  /** The response's size in bytes; its bytes travel apart from the outcome. */
  readonly responseBytes: number;
  readonly logTail?: LogTail;
  readonly report?: Report;
}

/** How an invocation ended. Plain data without the response's body: it may be kept, sent and shown. */
export type Outcome =
  | ({ readonly state: 'succeeded' | 'accepted' | 'dryRun' } & Answered)
  | ({
      readonly state: 'functionError';
      readonly functionError: FunctionErrorDetails;
      readonly diagnosis: Diagnosis;
    } & Answered)
  | ({
      readonly state: 'failed';
      readonly reason: Message;
      readonly problems?: readonly Problem[];
      readonly exception?: ServiceException;
    } & Ended)
  | ({ readonly state: 'cancelled'; readonly reason: Message } & Ended);

/** The wait before a request that was refused is sent again. */
interface WaitToResend {
  /** The number of the attempt that is waited for. */
  readonly attempt: number;
  readonly because: Message;
  readonly leftMs: number;
}

/** What the output panel shows: an outcome, the wait for one, or nothing yet. */
export type OutcomeView =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      readonly elapsedMs: number;
      readonly isStopping: boolean;
      readonly stream?: StreamStats;
      readonly waiting?: WaitToResend;
    }
  | Outcome;

/** An outcome and the body that belongs to it. */
export interface InvocationResult {
  readonly outcome: Outcome;
  readonly Payload?: Uint8Array;
}

const HEADERS = ['FunctionError', 'ExecutedVersion', 'DurableExecutionArn', 'requestId', 'traceId'] as const;

/** The error of a stream: its details are JSON as a failed function gives it, or a text. */
function streamErrorDetails({
  ErrorCode,
  ErrorDetails,
}: NonNullable<InvokeResponse['streamError']>): FunctionErrorDetails {
  const details = parseFunctionError(ErrorDetails ?? '');
  const type = details.type ?? capText(ErrorCode, LIMITS.header);
  const text = details.message ?? (ErrorDetails === undefined ? undefined : capText(ErrorDetails));
  return { ...details, type, ...(text !== undefined && { message: text }) };
}

/** What came in headers, no longer than headers are. */
function shortHeaders(answer: Omit<InvokeResponse, 'Payload'>): Partial<Record<(typeof HEADERS)[number], string>> {
  return Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = answer[name];
      return value === undefined ? [] : [[name, capText(value, LIMITS.header)] as const];
    }),
  );
}

/** The outcome Lambda's answer stands for. A FunctionError means the function failed, whatever the status says. */
export function toOutcome(answer: InvokeResponse, ended: Ended): Outcome {
  const { Payload, LogResult, streamError, ...rest } = answer;
  const fields = { ...rest, ...shortHeaders(rest) };
  const logTail = LogResult === undefined || LogResult === '' ? undefined : decodeLogResult(LogResult);
  const report = logTail === undefined ? undefined : findReport(logTail.text, answer.requestId);
  const answered = {
    ...fields,
    ...ended,
    responseBytes: ended.stream?.bytes ?? Payload.byteLength,
    ...(logTail !== undefined && { logTail }),
    ...(report !== undefined && { report }),
  };
  if (answer.FunctionError !== undefined) {
    const functionError = streamError === undefined ? parseFunctionError(Payload) : streamErrorDetails(streamError);
    const evidence = {
      error: functionError,
      ...(report !== undefined && { report }),
      ...(logTail !== undefined && { logText: logTail.text }),
    };
    return { state: 'functionError', functionError, diagnosis: diagnose(evidence), ...answered };
  }
  switch (answer.StatusCode) {
    case 202:
      return { state: 'accepted', ...answered };
    case 204:
      return { state: 'dryRun', ...answered };
    default:
      return { state: 'succeeded', ...answered };
  }
}

export function hasResponse(outcome: OutcomeView): outcome is Extract<Outcome, { StatusCode: number }> {
  return 'StatusCode' in outcome;
}
