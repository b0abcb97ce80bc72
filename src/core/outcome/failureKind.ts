import { isKnownException, type MessageCode } from '../messages/messages.ts';

/**
 * Why there is no response: nothing was sent, credentials failed, Lambda rejected the request, no connection was
 * established, the connection was lost (the function may be running), or the response wasn't understood.
 */
export type FailureKind = 'notSent' | 'credentials' | 'refused' | 'noConnection' | 'lost' | 'unclear';

const KINDS: Partial<Record<MessageCode, FailureKind>> = {
  credentialsMissing: 'credentials',
  credentialsExpired: 'credentials',
  credentialsRefused: 'credentials',
  credentialsLate: 'credentials',
  profileUnknown: 'credentials',
  profileUnknownIn: 'credentials',
  profileCycle: 'credentials',
  profileKeyMissing: 'credentials',
  profileNoSource: 'credentials',
  profileTwoSources: 'credentials',
  profileCredentialSource: 'credentials',
  profileNoCredentials: 'credentials',
  ssoSessionUnknown: 'credentials',
  ssoSessionKeyMissing: 'credentials',
  ssoInconsistent: 'credentials',
  environmentIncomplete: 'credentials',
  ssoLoginNeeded: 'credentials',
  ssoRoleNotAssigned: 'credentials',
  ssoRefused: 'credentials',
  ssoExpired: 'credentials',
  ssoUnreachable: 'credentials',
  loginSession: 'credentials',
  mfaCancelled: 'credentials',
  cliSignIn: 'credentials',
  cliMfa: 'credentials',
  proxyRefused: 'noConnection',
  certificateRefused: 'noConnection',
  functionNotFound: 'refused',
  functionNotFoundNear: 'refused',
  functionNotFoundNearSeveral: 'refused',
  localFunctionNear: 'refused',
  localFunctionNearSeveral: 'refused',
  localFunctionOthers: 'refused',
  localFunctionUnknown: 'refused',
  localFunctionNone: 'refused',
  localQualifierUnknown: 'refused',
  accessDenied: 'refused',
  accessDeniedFor: 'refused',
  throttledUnknown: 'refused',
  requestRefused: 'refused',
  notNow: 'refused',
  unreachable: 'noConnection',
  readLate: 'noConnection',
  dryRunLate: 'noConnection',
  connectionLost: 'lost',
  connectionLostId: 'lost',
  answerUnreadable: 'unclear',
  answerTooLarge: 'unclear',
  answerStatus: 'unclear',
  answerEncoded: 'unclear',
  serviceFailed: 'unclear',
  localFault: 'unclear',
  redirected: 'unclear',
  notLambda: 'unclear',
  notStreaming: 'unclear',
  unexpected: 'unclear',
};

/** The kind of a failure, by the message code of its reason. */
export function failureKind(code: MessageCode): FailureKind {
  const kind = KINDS[code];
  if (kind !== undefined) return kind;
  if (code === 'ServiceException') return 'unclear';
  return isKnownException(code) ? 'refused' : 'notSent';
}
