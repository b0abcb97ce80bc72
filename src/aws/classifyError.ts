import { isRecord } from '../core/isRecord.ts';
import { InvokeError, isInvokeError, type ServiceException } from '../core/invokeError.ts';
import { message, type Message } from '../core/messages.ts';

export interface ErrorContext {
  /** `profile dev`, `the default chain`: whose credentials were used. */
  readonly credentials: string;
  readonly endpoint: string;
  /** Whether the request had been handed to the network; before that, credentials were looked for. */
  readonly wasHandedOver: boolean;
  /** Whether any of it can have left: its connection stood, or nothing is known of it. */
  readonly wasSent: boolean;
}

/** Calls of the system that come before anything is sent. The same codes on `read` or `write` come after. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

/** OpenSSL's and Node's codes of a certificate that is not accepted: the request comes after it. */
const CERTIFICATE_REFUSED = /^(ERR_TLS_CERT_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

const CREDENTIALS_REFUSED = new Set([
  'ExpiredTokenException',
  'ExpiredToken',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'InvalidClientTokenId',
]);

/** Conflicts, timeouts of mounts and snapshots: the request is right, the function is not ready for it. */
const NOT_NOW = new Set([408, 409, 410]);

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function serviceReason(
  { name, message: said, StatusCode = 0 }: ServiceException,
  context: ErrorContext,
  details: string,
): Message {
  if (CREDENTIALS_REFUSED.has(name)) return message('credentialsRefused', context.credentials, `${name}: ${said}`);
  if (name === 'ResourceNotFoundException') return message('functionNotFound', said);
  if (name === 'AccessDeniedException') return message('accessDenied', said);
  if (StatusCode === 413) return message('payloadRefused', said);
  if (StatusCode === 429) return message('throttled', details || name, said);
  if (NOT_NOW.has(StatusCode)) return message('notNow', said, name);
  if (StatusCode >= 500) return message('serviceFailed', said, name);
  return message('requestRefused', said, name);
}

function serviceError(error: Record<string, unknown>, context: ErrorContext): InvokeError {
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : {};
  const StatusCode = metadata['httpStatusCode'];
  const exception: ServiceException = {
    name: text(error['name']) ?? 'UnknownError',
    // Some answers spell the field Message: the SDK leaves it beside its own.
    message: text(error['message']) ?? text(error['Message']) ?? '',
    ...(typeof StatusCode === 'number' && { StatusCode }),
  };
  const requestId = text(metadata['requestId']);
  const reason = serviceReason(exception, context, text(error['Reason']) ?? '');
  return new InvokeError(reason, { exception, cause: error, ...(requestId !== undefined && { requestId }) });
}

function credentialsReason(said: string, context: ErrorContext): Message {
  // CredentialsProviderError carries no code for an expired session (aws-sdk-js-v3 credential-provider-sso,
  // resolveSSOCredentials: "has expired"; token-providers, validateTokenExpiry: "Token is expired").
  const code = /\bexpired\b/i.test(said) ? 'credentialsExpired' : 'credentialsMissing';
  return message(code, context.credentials, said);
}

/** For agents that are not ours (a proxy's): what the error itself says of its moment. */
function isBeforeSending(error: Record<string, unknown>, code: string | undefined): boolean {
  // The handler's connection timeout is the only timeout that is set, and comes without a code.
  if (code === undefined) return error['name'] === 'TimeoutError';
  return BEFORE_SENDING.has(text(error['syscall']) ?? '') || CERTIFICATE_REFUSED.test(code);
}

/**
 * Turns what the SDK or Node throws into an InvokeError: Lambda's refusals, credentials that could not be had,
 * connections that never stood (nothing sent), and connections lost on the way (the function may have run).
 * Source: Node's error codes, the SDK's `$fault` and `$metadata`, Lambda's exceptions of Invoke.
 */
export function classifyError(error: unknown, context: ErrorContext): InvokeError {
  if (isInvokeError(error)) return error;
  if (!isRecord(error)) return new InvokeError(message('unexpected', String(error)), { cause: error });
  const said = (text(error['message']) ?? text(error['name']) ?? 'unknown').split('\n', 1)[0] ?? '';
  // Before the request there are only credentials to be had, also from services of their own (STS, SSO).
  if (!context.wasHandedOver) return new InvokeError(credentialsReason(said, context), { cause: error });
  if ('$fault' in error) return serviceError(error, context);
  const code = text(error['code']);
  const because = code === undefined || said.includes(code) ? said : `${code}: ${said}`;
  if (!context.wasSent || isBeforeSending(error, code)) {
    return new InvokeError(message('unreachable', context.endpoint, because), { cause: error });
  }
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : undefined;
  const requestId = text(metadata?.['requestId']);
  const isUnreadable = metadata !== undefined && code === undefined;
  return new InvokeError(message(isUnreadable ? 'answerUnreadable' : 'connectionLost', context.endpoint, because), {
    cause: error,
    ...(requestId !== undefined && { requestId }),
  });
}
