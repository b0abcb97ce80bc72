import type { ConnectionView } from './connection.ts';
import { parseFunctionError, type FunctionErrorDetails } from './functionError.ts';
import type { ServiceException } from './invokeError.ts';
import { decodeLogResult, parseReport, type LogTail } from './logTail.ts';
import type { Message } from './messages.ts';
import type { Report } from './report.ts';
import type { Problem } from './validate.ts';

/** Lambda's answer to Invoke, in its own names; requestId and traceId come from the headers. */
export interface InvokeAnswer {
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
}

interface Ended {
  /** From the click's handling in the host to the whole answer, in milliseconds. */
  readonly clientMs: number;
  /** What is worth knowing of this invocation beside its outcome. */
  readonly notes: readonly Message[];
}

interface Answered extends Ended, Omit<InvokeAnswer, 'Payload' | 'LogResult'> {
  /** The response's size in bytes; its bytes travel apart from the outcome. */
  readonly responseBytes: number;
  readonly logTail?: LogTail;
  readonly report?: Report;
}

/** How an invocation ended. Plain data without the response's body: it may be kept, sent and shown. */
export type Outcome =
  | ({ readonly state: 'succeeded' | 'accepted' | 'dryRun' } & Answered)
  | ({ readonly state: 'functionError'; readonly functionError: FunctionErrorDetails } & Answered)
  | ({
      readonly state: 'failed';
      readonly reason: Message;
      readonly problems?: readonly Problem[];
      readonly exception?: ServiceException;
      readonly requestId?: string;
    } & Ended)
  | ({ readonly state: 'cancelled'; readonly reason: Message } & Ended);

/** What the output panel shows: an outcome, the wait for one, or nothing yet. */
export type OutcomeView =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly elapsedMs: number; readonly isStopping: boolean }
  | Outcome;

/** An outcome and the body that belongs to it. */
export interface InvocationResult {
  readonly outcome: Outcome;
  readonly Payload?: Uint8Array;
}

/** The outcome Lambda's answer stands for. A FunctionError means the function failed, whatever the status says. */
export function toOutcome(answer: InvokeAnswer, ended: Ended): Outcome {
  const { Payload, LogResult, ...fields } = answer;
  const logTail = LogResult === undefined ? undefined : decodeLogResult(LogResult);
  const report = logTail === undefined ? undefined : parseReport(logTail.text);
  const answered = {
    ...fields,
    ...ended,
    responseBytes: Payload.byteLength,
    ...(logTail !== undefined && { logTail }),
    ...(report !== undefined && { report }),
  };
  if (answer.FunctionError !== undefined) {
    return { state: 'functionError', functionError: parseFunctionError(Payload), ...answered };
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

export function hasAnswer(outcome: OutcomeView): outcome is Extract<Outcome, { StatusCode: number }> {
  return 'StatusCode' in outcome;
}
