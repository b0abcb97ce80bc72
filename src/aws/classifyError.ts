import { withShownAddresses } from '../core/connection/endpointAddress.ts';
import { errorText } from '../core/messages/errorText.ts';
import { isKnownException } from '../core/messages/exceptionSentences.ts';
import { InvokeError, isInvokeError, type ServiceException } from '../core/outcome/invokeError.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { capText } from '../core/messages/capText.ts';
import { message, type Message } from '../core/messages/messages.ts';
import type { Resend } from '../core/invocation/resend.ts';
import { ENCODING_BROKEN } from './http/contentEncoding.ts';
import type { RequestProgress } from './requestProgress.ts';

export interface ErrorContext {
  /** `profile dev`, `the default chain`: whose credentials were used. */
  readonly credentials: string;
  /** The profile that counts, and what has to be signed in to for it. */
  readonly profile?: string;
  readonly signIn?: 'sso' | 'login' | undefined;
  readonly endpoint: string;
  /** How far the request had come; before it was handed over, credentials were looked for. */
  readonly progress: RequestProgress;
  /** Local: whatever goes wrong there is no fault of AWS. */
  readonly connection?: { readonly kind: 'aws' | 'local' };
  /** Whether any of it can have left: its connection stood, or nothing is known of it. */
  readonly wasSent: boolean;
}

/** Calls of the system that come before anything is sent. The same codes on `read` or `write` come after. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

/** OpenSSL's and Node's codes of a certificate that is not accepted: the request comes after it. */
const CERTIFICATE_ERROR = /^(ERR_TLS_CERT_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** AWS's front refuses these before Lambda sees the request. Source: the common errors of AWS APIs, with their short forms. */
const CREDENTIAL_ERRORS = new Set([
  'ExpiredTokenException',
  'ExpiredToken',
  'RequestExpired',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'IncompleteSignatureException',
  'IncompleteSignature',
  'SignatureDoesNotMatch',
  'MissingAuthenticationTokenException',
  'MissingAuthenticationToken',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'NotAuthorized',
  'OptInRequired',
]);

/** Conflicts, timeouts of mounts and snapshots: the request is right, the function is not ready for it. */
const NOT_READY_STATUS = new Set([408, 409, 410]);

/** Whether AWS refused the credentials themselves, by the name of its error. */
export function isCredentialsError(name: string): boolean {
  return CREDENTIAL_ERRORS.has(name);
}

/** What an error says in one of its fields: a server may have written it, at any length. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? capText(value) : undefined;
}

/** Who may not do what on what: AWS says it in the message only. */
const NOT_AUTHORIZED = /^User: (\S+) is not authorized to perform: (\S+) on resource: (\S+)/;

function accessDenied(errorMessage: string): Message {
  const [, who, action, resource] = NOT_AUTHORIZED.exec(errorMessage) ?? [];
  return who === undefined || action === undefined || resource === undefined
    ? message('accessDenied')
    : message('accessDeniedFor', who, action, resource.replace(/[.,;]$/, ''));
}

function serviceReason(
  { name, message: errorMessage, StatusCode = 0 }: ServiceException,
  context: ErrorContext,
  Reason: string | undefined,
): Message {
  if (isCredentialsError(name)) return message('credentialsRefused', context.credentials, `${name}: ${errorMessage}`);
  if (name === 'ResourceNotFoundException') return message('functionNotFound', errorMessage);
  if (name === 'AccessDeniedException') return accessDenied(errorMessage);
  if (StatusCode === 429) {
    if (Reason === undefined) return message('TooManyRequestsException');
    return isKnownException(Reason) ? message(Reason) : message('throttledUnknown', Reason);
  }
  if (isKnownException(name)) return message(name);
  if (StatusCode === 413) return message('RequestTooLargeException');
  if (NOT_READY_STATUS.has(StatusCode)) return message('notNow', name);
  if (StatusCode >= 500) return message('serviceFailed', name);
  return message('requestRefused', name);
}

/**
 * A message without what a request was signed with: AWS quotes the canonical request where the signature is wrong, and
 * the session token is one of its headers.
 */
export function withoutSecrets(errorMessage: string): string {
  const text = capText(errorMessage);
  const quoted = text.search(/The Canonical String/i);
  return (quoted === -1 ? text : text.slice(0, quoted).trimEnd()).replaceAll(
    /\b(x-amz-security-token|authorization)\s*[:=].*/gi,
    '$1: …',
  );
}

/** The one refusal of Lambda that is told by its text: there is no name of its own for it. */
const TAIL_UNSUPPORTED = /^Tail logs are not supported for /;

function resendOf(
  { name, message: errorMessage, StatusCode }: ServiceException,
  retryAfter: unknown,
): Resend | undefined {
  if (name === 'InvalidParameterValueException' && TAIL_UNSUPPORTED.test(errorMessage))
    return { because: 'tailRefused' };
  if (StatusCode !== 429) return undefined;
  const seconds = Number(retryAfter ?? Number.NaN);
  return { because: 'throttled', ...(seconds >= 0 && { retryAfterMs: seconds * 1000 }) };
}

function serviceError(error: Record<string, unknown>, context: ErrorContext): InvokeError {
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : {};
  const StatusCode = metadata['httpStatusCode'];
  const errorName = text(error['name']) ?? 'Unknown';
  const exception: ServiceException = {
    // The SDK calls an error without a name Unknown: its status says more.
    name: /^Unknown(Error)?$/.test(errorName) && typeof StatusCode === 'number' ? String(StatusCode) : errorName,
    // Some answers spell the field Message: the SDK leaves it beside its own.
    message: withoutSecrets(text(error['message']) ?? text(error['Message']) ?? ''),
    ...(typeof StatusCode === 'number' && { StatusCode }),
  };
  const requestId = text(metadata['requestId']) ?? context.progress.requestId;
  const { traceId } = context.progress;
  // An answer that was not whole is no refusal to rely on.
  const isWhole = context.progress.unread === undefined;
  const resend = isWhole ? resendOf(exception, error['retryAfterSeconds']) : undefined;
  return new InvokeError(serviceReason(exception, context, text(error['Reason'])), {
    exception,
    cause: error,
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
    ...(resend !== undefined && { resend }),
  });
}

/**
 * What a source of credentials failed with, without what it quotes: Node's own errors hold the command that was run, or
 * the beginning of a text that is no JSON, and either may be a secret.
 */
function withoutQuotedInput(errorMessage: string): string {
  return errorMessage
    .replace(/Command failed:.*/, 'the credential_process failed')
    .replace(
      /(Unexpected (token|end|non-whitespace|string|number)|Expected |Bad control).*/,
      'what it gave is not valid JSON',
    );
}

/** Why credentials could not be had: a login session that is over, or what their source says. */
export function credentialsReason(
  error: Record<string, unknown>,
  { credentials, profile = '', signIn }: Pick<ErrorContext, 'credentials' | 'profile' | 'signIn'>,
): InvokeError {
  const firstLine = (text(error['message']) ?? text(error['name']) ?? 'unknown').split('\n', 1)[0] ?? '';
  const errorMessage = withShownAddresses(withoutQuotedInput(withoutSecrets(firstLine)));
  if (signIn === 'login') {
    return new InvokeError(message('loginSession', profile, errorMessage), { cause: error });
  }
  // CredentialsProviderError carries no code for an expired session either (token-providers, validateTokenExpiry).
  const code = /\bexpired\b/i.test(errorMessage) ? 'credentialsExpired' : 'credentialsMissing';
  return new InvokeError(message(code, credentials, errorMessage), { cause: error });
}

/** For agents that are not ours (a proxy's): what the error itself says of its moment. */
function isBeforeSending(
  error: Record<string, unknown>,
  code: string | undefined,
  { StatusCode }: RequestProgress,
): boolean {
  // What comes behind an answer's head is named by the server, or by the SDK: never an error of connecting.
  if (StatusCode !== undefined) return false;
  // The handler's connection timeout is the only timeout that is set, and comes without a code.
  if (code === undefined) return error['name'] === 'TimeoutError';
  return BEFORE_SENDING.has(text(error['syscall']) ?? '') || CERTIFICATE_ERROR.test(code);
}

/** Why a connection that never stood may be tried again, where that can help. */
function reconnect(error: Record<string, unknown>, code: string | undefined): Resend | undefined {
  if (code === 'ECONNREFUSED') return { because: 'connectionRefused' };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { because: 'nameNotResolved' };
  const isTimeout = code === 'ETIMEDOUT' || (code === undefined && error['name'] === 'TimeoutError');
  return isTimeout ? { because: 'connectTimeout' } : undefined;
}

/** A connection that never stood, or one that was lost on the way. */
function networkError(error: Record<string, unknown>, errorMessage: string, context: ErrorContext): InvokeError {
  const { endpoint, progress } = context;
  const code = text(error['code']);
  const detail = code === undefined || errorMessage.includes(code) ? errorMessage : `${code}: ${errorMessage}`;
  if (!context.wasSent || isBeforeSending(error, code, progress)) {
    if (code !== undefined && CERTIFICATE_ERROR.test(code)) {
      return new InvokeError(message('certificateRefused', endpoint, detail), { cause: error });
    }
    const resend = reconnect(error, code);
    return new InvokeError(message('unreachable', endpoint, detail), {
      cause: error,
      ...(resend !== undefined && { resend }),
    });
  }
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : undefined;
  const requestId = text(metadata?.['requestId']) ?? progress.requestId;
  const { traceId } = progress;
  const { StatusCode = 0 } = progress;
  let reason = message('connectionLost', endpoint, detail);
  if ((metadata !== undefined && code === undefined) || code === ENCODING_BROKEN) {
    reason = message('answerUnreadable', endpoint, detail);
    // An error whose body says nothing: its status does.
    if (StatusCode >= 400) reason = message(StatusCode < 500 ? 'requestRefused' : 'serviceFailed', String(StatusCode));
  } else if (requestId !== undefined) reason = message('connectionLostId', endpoint, detail, requestId);
  return new InvokeError(reason, {
    cause: error,
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
  });
}

/** The local endpoint answered that it failed: its message says why, and there is no exception of AWS to show. */
function localEndpointError(error: unknown, { StatusCode = 0, requestId, traceId }: RequestProgress): InvokeError {
  const fields = isRecord(error) ? error : {};
  const errorMessage = text(fields['message']) ?? text(fields['Message']) ?? String(StatusCode);
  return new InvokeError(message('localFault', withoutSecrets(errorMessage)), {
    cause: error,
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
  });
}

/**
 * Turns what the SDK or Node throws into an InvokeError: Lambda's refusals, credentials that could not be had,
 * connections that never stood (nothing sent), and connections lost on the way (the function may have run). Says also
 * whether the request may be sent again (core/resend): only what cannot have run the function.
 * Source: Node's error codes, the SDK's `$fault` and `$metadata`, Lambda's exceptions of Invoke.
 */
export function classifyError(error: unknown, context: ErrorContext): InvokeError {
  const { connection, progress } = context;
  if (connection?.kind === 'local' && (progress.StatusCode ?? 0) >= 500) return localEndpointError(error, progress);
  if (isInvokeError(error)) return error;
  if (!isRecord(error)) return new InvokeError(message('unexpected', errorText(error)), { cause: error });
  const firstLine = (text(error['message']) ?? text(error['name']) ?? 'unknown').split('\n', 1)[0] ?? '';
  const errorMessage = withShownAddresses(withoutSecrets(firstLine));
  // Before the request there are only credentials to be had, also from services of their own (STS, SSO).
  if (!context.progress.isHandedOver) return credentialsReason(error, context);
  return '$fault' in error ? serviceError(error, context) : networkError(error, errorMessage, context);
}
