import { toSentence, type Message } from '../messages/messages.ts';
import type { Resend } from '../invocation/resend.ts';

/** An error as Lambda (or the credentials' service) named it: shown as received beside our own sentence. */
export interface ServiceException {
  readonly name: string;
  readonly message: string;
  readonly StatusCode?: number;
}

interface InvokeErrorDetails {
  readonly exception?: ServiceException;
  readonly requestId?: string;
  readonly traceId?: string;
  readonly resend?: Resend;
  readonly login?: string;
  readonly cause?: unknown;
}

/** Marks our errors: a bundle's class is not another's, and a server can name an error but not carry a symbol. */
const BRAND = Symbol.for('lambdaInvoke.InvokeError');

/** Why an invocation brought no answer. `reason` states the fact and the remedy. The only error that crosses a wall. */
export class InvokeError extends Error {
  override readonly name = 'InvokeError';
  readonly [BRAND] = true;
  readonly reason: Message;
  readonly exception: ServiceException | undefined;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  /** Whether and why the request may be sent again; absent means never. */
  readonly resend: Resend | undefined;
  /** The profile whose SSO session has to be begun anew; then what was asked can go on: nothing was sent. */
  readonly login: string | undefined;

  constructor(reason: Message, { exception, requestId, traceId, resend, login, cause }: InvokeErrorDetails = {}) {
    super(toSentence(reason), { cause });
    this.reason = reason;
    this.exception = exception;
    this.requestId = requestId;
    this.traceId = traceId;
    this.resend = resend;
    this.login = login;
  }
}

/** Tells an InvokeError by its mark: each bundle has a class of its own, so `instanceof` would miss another bundle's. */
export function isInvokeError(error: unknown): error is InvokeError {
  return error instanceof Error && BRAND in error;
}
