import { isRecord } from '../core/isRecord.ts';
import { InvokeError, isInvokeError, type ServiceException } from '../core/invokeError.ts';
import { message, type Message } from '../core/messages.ts';

export interface ErrorContext {
  /** `profile dev`, `the default chain`: whose credentials were used. */
  readonly credentials: string;
  readonly endpoint: string;
  /** Whether the request had been handed to the network. */
  readonly wasSent: boolean;
}

/** Node's codes of connections that never stood, so that nothing was sent. `syscall: connect` tells the others. */
const NEVER_CONNECTED = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
]);

/** OpenSSL's and Node's codes of a handshake that failed: the request comes after it. */
const TLS_FAILURE = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$)/;

const CREDENTIALS_REFUSED = new Set([
  'ExpiredTokenException',
  'ExpiredToken',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'InvalidClientTokenId',
]);

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
  if (StatusCode === 403) return message('accessDenied', said);
  if (StatusCode === 413) return message('payloadRefused', said);
  if (StatusCode === 429) return message('throttled', details || name, said);
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

/**
 * Turns what the SDK or Node throws into an InvokeError: Lambda's refusals, credentials that could not be had,
 * connections that never stood (nothing sent), and connections lost on the way (the function may have run).
 * Source: Node's error codes, the SDK's `$fault` and `$metadata`, Lambda's exceptions of Invoke.
 */
export function classifyError(error: unknown, context: ErrorContext): InvokeError {
  if (isInvokeError(error)) return error;
  if (!isRecord(error)) return new InvokeError(message('unexpected', String(error)), { cause: error });
  if ('$fault' in error) return serviceError(error, context);
  const said = (text(error['message']) ?? text(error['name']) ?? 'unknown').split('\n', 1)[0] ?? '';
  const code = text(error['code']);
  const because = code === undefined || said.includes(code) ? said : `${code}: ${said}`;
  const neverConnected =
    code === undefined
      ? error['name'] === 'TimeoutError' // the handler's connection timeout: the only one that is set, and without a code
      : NEVER_CONNECTED.has(code) || TLS_FAILURE.test(code) || error['syscall'] === 'connect';
  const name = text(error['name']) ?? '';
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError' || (!context.wasSent && !neverConnected)) {
    return new InvokeError(credentialsReason(said, context), { cause: error });
  }
  if (neverConnected) return new InvokeError(message('unreachable', context.endpoint, because), { cause: error });
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : undefined;
  const requestId = text(metadata?.['requestId']);
  const isUnreadable = metadata !== undefined && code === undefined;
  return new InvokeError(message(isUnreadable ? 'answerUnreadable' : 'connectionLost', context.endpoint, because), {
    cause: error,
    ...(requestId !== undefined && { requestId }),
  });
}
