import { errorText } from '../messages/errorText.ts';
import { message, toSentence, type Message } from '../messages/messages.ts';
import type { Resend } from '../invocation/resend.ts';

/** The original error of Lambda or a credentials service, shown beside our own message. */
export interface ServiceException {
  readonly name: string;
  readonly message: string;
  readonly StatusCode?: number;
  /** The local endpoint named it, not AWS. */
  readonly isLocal?: boolean;
}

/** A prompt that the user declined or closed. Nothing was sent. */
export type DeclinedPrompt = 'confirmation' | 'mfaCode' | 'signIn';

interface InvokeErrorDetails {
  readonly exception?: ServiceException;
  readonly requestId?: string;
  readonly traceId?: string;
  readonly resend?: Resend;
  readonly loginProfile?: string;
  readonly needsTrust?: boolean;
  readonly declined?: DeclinedPrompt;
  readonly cause?: unknown;
}

/**
 * Identifies InvokeErrors across bundles. A symbol, because a server can choose an error's name but can't send a
 * symbol.
 */
const BRAND = Symbol.for('lambdaInvoke.InvokeError');

/**
 * Why an invocation has no response. `reason` says what happened and what to do. The only error type that the modules
 * of this extension throw across their boundaries.
 */
export class InvokeError extends Error {
  override readonly name = 'InvokeError';
  readonly [BRAND] = true;
  readonly reason: Message;
  readonly exception: ServiceException | undefined;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  /** Whether and why the request may be sent again. Never, if absent. */
  readonly resend: Resend | undefined;
  /** The profile that needs an SSO sign-in. Nothing was sent, so the operation can continue after it. */
  readonly loginProfile: string | undefined;
  /** The workspace isn't trusted. */
  readonly needsTrust: boolean;
  readonly declined: DeclinedPrompt | undefined;

  constructor(
    reason: Message,
    {
      exception,
      requestId,
      traceId,
      resend,
      loginProfile,
      needsTrust = false,
      declined,
      cause,
    }: InvokeErrorDetails = {},
  ) {
    super(toSentence(reason), { cause });
    this.reason = reason;
    this.exception = exception;
    this.requestId = requestId;
    this.traceId = traceId;
    this.resend = resend;
    this.loginProfile = loginProfile;
    this.needsTrust = needsTrust;
    this.declined = declined;
  }
}

/** Checks the brand instead of `instanceof`, because each bundle has its own copy of the class. */
export function isInvokeError(error: unknown): error is InvokeError {
  return error instanceof Error && BRAND in error;
}

/** The reason of an InvokeError. Any other error is unexpected. */
export function failureReason(error: unknown): Message {
  return isInvokeError(error) ? error.reason : message('unexpected', errorText(error));
}
