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
  ['a name that is not found', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, {}, 'unreachable'],
  ['a host that cannot be reached', { code: 'EHOSTUNREACH', syscall: 'connect' }, {}, 'unreachable'],
  ['a host that is lost in the middle', { code: 'EHOSTUNREACH', syscall: 'read' }, {}, 'connectionLost'],
  ['a network that is lost in the middle', { code: 'ENETUNREACH', syscall: 'read' }, {}, 'connectionLost'],
  ['a reset', { code: 'ECONNRESET', name: 'TimeoutError' }, {}, 'connectionLost'],
  ['TLS that breaks in the middle', { code: 'ERR_SSL_DECRYPTION_FAILED' }, {}, 'connectionLost'],
  ['TLS that breaks before the connection stands', { code: 'EPROTO' }, { wasSent: false }, 'unreachable'],
  ['a certificate that is not accepted', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, {}, 'certificateRefused'],
  ['a connection that takes too long', { name: 'TimeoutError' }, {}, 'unreachable'],
  ['an answer that is no JSON', { name: 'SyntaxError', $metadata: { httpStatusCode: 200 } }, {}, 'answerUnreadable'],
  ['a role that may not be assumed', serviceError('AccessDenied', 403), unsent, 'credentialsMissing'],
  ['STS that fails', serviceError('InternalFailure', 500), unsent, 'credentialsMissing'],
  ['a missing permission', serviceError('AccessDeniedException', 403), {}, 'accessDenied'],
  ['a file system that does not mount', serviceError('EFSMountFailureException', 403), {}, 'EFSMountFailureException'],
  ['a snapshot that is not ready', serviceError('SnapStartNotReadyException', 409), {}, 'SnapStartNotReadyException'],
  ['a mount that takes too long', serviceError('EFSMountTimeoutException', 408), {}, 'EFSMountTimeoutException'],
])('%s', (_, fields, context, code) => {
  expect(classifyError(error(fields), { ...sent, ...context }).reason.code).toBe(code);
});

test('an expired session is told as such', () => {
  const expired = error(
    { name: 'CredentialsProviderError' },
    'The SSO session associated with this profile has expired.',
  );
  const { reason } = classifyError(expired, { ...sent, ...unsent });
  expect(reason.code).toBe('credentialsExpired');
});
