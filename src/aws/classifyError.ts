import { withShownAddresses } from '../core/connection/endpointAddress.ts';
import { errorText } from '../core/messages/errorText.ts';
import { InvokeError, isInvokeError, type ServiceException } from '../core/outcome/invokeError.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { capText } from '../core/messages/capText.ts';
import { isKnownException, message, type Message } from '../core/messages/messages.ts';
import type { Resend } from '../core/invocation/resend.ts';
import { ENCODING_BROKEN } from './http/contentEncoding.ts';
import type { RequestProgress } from './requestProgress.ts';

export interface ErrorContext {
  /** The credentials used, such as `profile dev` or `the default chain`. */
  readonly credentials: string;
  /** The effective profile, and the kind of sign-in it requires. */
  readonly profile?: string;
  readonly signIn?: 'sso' | 'login' | undefined;
  readonly endpoint: string;
  /** How far the request got. Errors before the handover come from resolving credentials. */
  readonly progress: RequestProgress;
  /** Errors of a local connection aren't attributed to AWS. */
  readonly connection?: { readonly kind: 'aws' | 'local' };
  /** Whether any part of the request may have been sent: it was connected, or its state is unknown. */
  readonly wasSent: boolean;
}

/** System calls that fail before anything is sent. The same error codes from `read` or `write` occur afterwards. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

/** Error codes of OpenSSL and Node.js for a rejected certificate. The request hasn't been sent at that point. */
const CERTIFICATE_ERROR = /^(ERR_TLS_CERT_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** Raised by AWS before Lambda handles the request. Source: common errors of AWS APIs, including their short names. */
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

/** Conflicts, mount and snapshot timeouts: the request is valid, but the function isn't ready for it. */
const NOT_READY_STATUS = new Set([408, 409, 410]);

/** Whether an AWS error name means that the credentials were rejected. */
export function isCredentialsError(name: string): boolean {
  return CREDENTIAL_ERRORS.has(name);
}

/** A text field of an error, capped: the server may send any length. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? capText(value) : undefined;
}

/** AWS names the principal, action and resource only in the message text. */
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
  if (name === 'ResourceNotFoundException') return message('functionNotFound');
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
 * Removes signing data from an AWS message, and caps its length. For a signature mismatch AWS quotes the canonical
 * request, whose headers include the session token.
 */
export function withoutSecrets(errorMessage: string): string {
  const text = capText(errorMessage);
  const quoted = text.search(/The Canonical String/i);
  return (quoted === -1 ? text : text.slice(0, quoted).trimEnd()).replaceAll(
    /\b(x-amz-security-token|authorization)\s*[:=].*/gi,
    '$1: …',
  );
}

/** Matched by its message, as Lambda has no specific error name for it. */
const TAIL_UNSUPPORTED = /^Tail logs are not supported for /;

function resendOf(
  { name, message: errorMessage, StatusCode }: ServiceException,
  retryAfter: unknown,
): Resend | undefined {
  if (name === 'InvalidParameterValueException' && TAIL_UNSUPPORTED.test(errorMessage))
    return { reason: 'tailRefused' };
  if (StatusCode !== 429) return undefined;
  const seconds = Number(retryAfter ?? Number.NaN);
  return { reason: 'throttled', ...(seconds >= 0 && { retryAfterMs: seconds * 1000 }) };
}

function serviceError(error: Record<string, unknown>, context: ErrorContext): InvokeError {
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : {};
  const StatusCode = metadata['httpStatusCode'];
  const errorName = text(error['name']) ?? 'Unknown';
  const exception: ServiceException = {
    // The SDK names unnamed errors "Unknown"; the status is more informative.
    name: /^Unknown(Error)?$/.test(errorName) && typeof StatusCode === 'number' ? String(StatusCode) : errorName,
    // Some services spell the field `Message`, which the SDK leaves as is.
    message: withoutSecrets(text(error['message']) ?? text(error['Message']) ?? ''),
    ...(typeof StatusCode === 'number' && { StatusCode }),
    ...(context.connection?.kind === 'local' && { isLocal: true }),
  };
  const requestId = text(metadata['requestId']) ?? context.progress.requestId;
  const { traceId } = context.progress;
  // Don't retry on the basis of an incomplete response.
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
 * Removes quoted input from a credential provider's error. Node.js quotes the command that failed, or the start of
 * invalid JSON, and both may contain secrets.
 */
function withoutQuotedInput(errorMessage: string): string {
  return errorMessage
    .replace(/Command failed:.*/, 'credential_process failed')
    .replace(
      /(Unexpected (token|end|non-whitespace|string|number)|Expected |Bad control).*/,
      "its output isn't valid JSON",
    );
}

/** Classifies a credential provider's error: an expired login session, or expired or missing credentials. */
export function credentialsReason(
  error: Record<string, unknown>,
  { credentials, profile = '', signIn }: Pick<ErrorContext, 'credentials' | 'profile' | 'signIn'>,
): InvokeError {
  const firstLine = (text(error['message']) ?? text(error['name']) ?? 'unknown').split('\n', 1)[0] ?? '';
  const errorMessage = withShownAddresses(withoutQuotedInput(withoutSecrets(firstLine)));
  if (signIn === 'login') {
    return new InvokeError(message('loginSession', profile, errorMessage), { cause: error });
  }
  // CredentialsProviderError has no code for expired sessions (token-providers, validateTokenExpiry).
  const code = /\bexpired\b/i.test(errorMessage) ? 'credentialsExpired' : 'credentialsMissing';
  return new InvokeError(message(code, credentials, errorMessage), { cause: error });
}

/** Whether the error itself shows that nothing was sent, for agents that don't record progress. */
function isBeforeSending(
  error: Record<string, unknown>,
  code: string | undefined,
  { StatusCode }: RequestProgress,
): boolean {
  // After the response headers, errors come from the server or the SDK, never from connecting.
  if (StatusCode !== undefined) return false;
  // The connection timeout is the only one that applies, and its error has no code.
  if (code === undefined) return error['name'] === 'TimeoutError';
  return BEFORE_SENDING.has(text(error['syscall']) ?? '') || CERTIFICATE_ERROR.test(code);
}

/** The retry reason for a failed connection; undefined if a retry can't help. */
function reconnect(error: Record<string, unknown>, code: string | undefined): Resend | undefined {
  if (code === 'ECONNREFUSED') return { reason: 'connectionRefused' };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { reason: 'nameNotResolved' };
  const isTimeout = code === 'ETIMEDOUT' || (code === undefined && error['name'] === 'TimeoutError');
  return isTimeout ? { reason: 'connectTimeout' } : undefined;
}

/** Classifies a network error: the connection was never established, or it was lost after sending. */
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
    // The body is unreadable, so report the status.
    if (StatusCode >= 400) reason = message(StatusCode < 500 ? 'requestRefused' : 'serviceFailed', String(StatusCode));
  } else if (requestId !== undefined) reason = message('connectionLostId', endpoint, detail, requestId);
  return new InvokeError(reason, {
    cause: error,
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
  });
}

/** A 5xx response of the local endpoint. Its message has the cause; there is no AWS exception to show. */
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
 * Converts an error of the SDK or Node.js into an InvokeError: Lambda exceptions, missing credentials, failed
 * connections (nothing sent) and lost connections (the function may have run). Sets `resend` only if the function can't
 * have run.
 * Source: Node.js error codes, the SDK's `$fault` and `$metadata`, Lambda API reference, Invoke, errors.
 */
export function classifyError(error: unknown, context: ErrorContext): InvokeError {
  const { connection, progress } = context;
  if (connection?.kind === 'local' && (progress.StatusCode ?? 0) >= 500) return localEndpointError(error, progress);
  if (isInvokeError(error)) return error;
  if (!isRecord(error)) return new InvokeError(message('unexpected', errorText(error)), { cause: error });
  const firstLine = (text(error['message']) ?? text(error['name']) ?? 'unknown').split('\n', 1)[0] ?? '';
  const errorMessage = withShownAddresses(withoutSecrets(firstLine));
  // Until the handover, only credential providers have run, including their requests to STS and SSO.
  if (!context.progress.isHandedOver) return credentialsReason(error, context);
  return '$fault' in error ? serviceError(error, context) : networkError(error, errorMessage, context);
}
