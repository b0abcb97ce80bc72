import { expect, test } from 'vitest';
import { classifyError } from '../../../src/aws/classifyError.ts';

const progress = { isHandedOver: true, isConnecting: false };
const unsent = { progress: { isHandedOver: false, isConnecting: false }, wasSent: false };
const sent = { credentials: 'profile dev', endpoint: 'Lambda in eu-west-1', progress: progress, wasSent: true };

function error(fields: object, message = 'it broke'): Error {
  return Object.assign(new Error(message), fields);
}

const serviceError = (name: string, httpStatusCode: number) => ({
  name,
  $fault: 'client',
  $metadata: { httpStatusCode },
});

test.each<[string, object, object, string]>([
  ['a refused connection', { code: 'ECONNREFUSED', syscall: 'connect' }, {}, 'unreachable'],
  ['an unknown host name', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, {}, 'unreachable'],
  ['an unreachable host', { code: 'EHOSTUNREACH', syscall: 'connect' }, {}, 'unreachable'],
  ['a host that becomes unreachable while reading', { code: 'EHOSTUNREACH', syscall: 'read' }, {}, 'connectionLost'],
  ['a network that becomes unreachable while reading', { code: 'ENETUNREACH', syscall: 'read' }, {}, 'connectionLost'],
  ['a reset', { code: 'ECONNRESET', name: 'TimeoutError' }, {}, 'connectionLost'],
  ['a TLS error while reading', { code: 'ERR_SSL_DECRYPTION_FAILED' }, {}, 'connectionLost'],
  ['a TLS error while connecting', { code: 'EPROTO' }, { wasSent: false }, 'unreachable'],
  ['a rejected certificate', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, {}, 'certificateRefused'],
  ['a connection timeout', { name: 'TimeoutError' }, {}, 'unreachable'],
  ['a response that is not JSON', { name: 'SyntaxError', $metadata: { httpStatusCode: 200 } }, {}, 'answerUnreadable'],
  ['a denied AssumeRole', serviceError('AccessDenied', 403), unsent, 'credentialsMissing'],
  ['an STS failure', serviceError('InternalFailure', 500), unsent, 'credentialsMissing'],
  ['a missing permission', serviceError('AccessDeniedException', 403), {}, 'accessDenied'],
  ['a failed file system mount', serviceError('EFSMountFailureException', 403), {}, 'EFSMountFailureException'],
  ['a snapshot that is not ready', serviceError('SnapStartNotReadyException', 409), {}, 'SnapStartNotReadyException'],
  ['a mount timeout', serviceError('EFSMountTimeoutException', 408), {}, 'EFSMountTimeoutException'],
])('%s', (_, fields, context, code) => {
  expect(classifyError(error(fields), { ...sent, ...context }).reason.code).toBe(code);
});

test('an expired session is reported as expired credentials', () => {
  const expired = error(
    { name: 'CredentialsProviderError' },
    'The SSO session associated with this profile has expired.',
  );
  const { reason } = classifyError(expired, { ...sent, ...unsent });
  expect(reason.code).toBe('credentialsExpired');
});
