/** What is said of connections, credentials and finding functions, by code. */
export const CONNECTION_SENTENCES = {
  // The config files
  configLineNoEquals: '{0}, line {1}: this is no setting. Write it as name = value.',
  configLineOutside: '{0}, line {1}: this stands before the first [section]. Put it below one.',
  configLineKeyless: '{0}, line {1}: there is no name before the “=”.',
  configSectionOpen: '{0}, line {1}: the section’s “[” is not closed. End the line with “]”.',
  configSectionPrefix: '{0}, line {1}: profiles of this file are written [profile {2}]. As it is, nothing reads it.',
  configSectionName:
    '{0}, line {1}: this section isn’t read, because of its name. Put a name of several words in quotes, such as "{2}".',
  configTwice:
    '{0}, line {1}: this is in the file twice, and the AWS CLI refuses the whole file for it. Remove one of the two.',
  configUnreadable: '{0} could not be read: {1}. Make it readable for you.',
  configNotUtf8: '{0} is not UTF-8 text. Save it as UTF-8.',

  // Profiles
  profileUnknownIn: 'The profile “{0}” ({1} of “{2}”) is not in the AWS config or credentials file.',
  profileCycle: 'The profiles {0} name one another as their source.',
  profileKeyMissing: 'The profile “{0}” has {1} but no {2}. Add it to the profile.',
  profileNoSource:
    'The profile “{0}” has a role_arn but nothing to take it with. Add source_profile, credential_source or web_identity_token_file.',
  environmentIncomplete: 'The environment has {0} but no {1}. Set both, or neither.',
  profileTwoSources: 'The profile “{0}” has both source_profile and credential_source. Keep one of them.',
  profileCredentialSource:
    'The profile “{0}” has the credential_source “{1}”. There are Environment, Ec2InstanceMetadata and EcsContainer.',
  profileNoCredentials: 'The profile “{0}” says nothing of credentials. Add keys, a role, SSO or a credential_process.',
  ssoSessionUnknown: 'The profile “{0}” names the sso-session “{1}”, which is not in the AWS config file.',
  ssoSessionKeyMissing: 'The sso-session “{0}” has no {1}. Add it to the section.',
  ssoInconsistent:
    'The profile “{0}” and its sso-session “{2}” have different values for {1}. Remove {1} from the profile.',
  servicesUnknown: 'The profile “{0}” names the services section “{1}”, which is not in the AWS config file.',

  // Signing in
  ssoLoginNeeded:
    'The SSO session of the profile “{0}” has expired or was never begun. Nothing was sent. Log in first.',
  ssoRoleNotAssigned:
    'The role “{0}” in the account {1} isn’t assigned to you in IAM Identity Center. Ask for the assignment, or correct sso_role_name and sso_account_id of the profile “{2}”.',
  ssoRefused: 'The sign-in was refused ({0}). Log in again, and allow the request in the browser.',
  ssoExpired: 'The sign-in was not finished in time. Log in again.',
  ssoCancelled: 'The sign-in was cancelled. Nothing was sent.',
  ssoUnreachable:
    'The sign-in service of {0} could not be reached ({1}). Check the network and the profile’s sso_region.',
  ssoAddress: 'The sign-in service answered with an address that is not opened: {0}.',
  ssoNotWritten: 'The sign-in could not be kept in {0}: {1}.',
  ssoNone: 'There is no sign-in through SSO for {0}. Choose a profile that does with Select Profile….',
  loginSession:
    'The login session of the profile “{0}” is over: {1}. Run “aws login --profile {0}”, then invoke again.',
  loggedIn: 'Logged in to {0} first.',
  mfaCancelled: 'No MFA code was given for {0}. Nothing was sent.',
  mfaCode: 'An MFA code has six digits.',

  // Certificates and proxies
  proxyRefused: 'The proxy {0} did not connect to {1} ({2}). Nothing was sent. Check the proxy and its credentials.',
  proxyInvalid:
    'The address of the proxy ({0}) cannot be read. Write it as http://host:port; in a name or password, % and @ are %25 and %40.',
  certificateFile: 'The certificates in {0} ({1}) could not be read: {2}.',
  certificateRefused:
    'The certificate of {0} is not trusted here ({1}). Nothing was sent. Name the authority’s certificate in AWS_CA_BUNDLE, or add it to this machine’s.',

  // Questions before an invocation
  identityLate: 'STS, or the source of the credentials, did not answer in time.',
  confirmUnsure: 'Which account this is could not be found out: {0}',

  // Reading what AWS knows
  readDenied: 'These credentials may not read {0}: {1} is missing on {2}.',
  readDeniedPlain: 'These credentials may not read {0}.',
  readRefused: 'AWS did not give {0} ({1}).',
  readThrottled: 'AWS takes no more requests for {0} now. Wait a moment, then ask again.',
  readFailed: 'No answer from {1} ({2}): {0} could not be read.',
  readLate: '{0} did not answer within {1} s. Check the network and the endpoint, then try again.',
  credentialsLate:
    'The credentials of {0} took longer than {1} s. Check its credential process or sign in again, then try again.',
  readTooLarge: 'The answer of {0} is larger than {1} bytes and was not read. Check the endpoint, then try again.',
  notInStack: 'The stack {1} has no function {0}. Deploy it, or choose another stack.',
  deployedNeedsProfile: 'Local functions are not deployed. Choose a profile with Select Profile… first.',
  stackUnknown: 'samconfig.toml of {0} names no stack_name.',
  samconfigBroken: '{0} is not valid TOML: {1}',
  consoleUnknown: 'The address of the console in the region {0} is not known.',
  arnNeedsAccount: 'The ARN needs the account, which could not be found out: {0}',

  // What is known of the function, before it is invoked
  stateFailed: 'The function is in the state Failed ({0}): Lambda will refuse the request until it is updated.',
  statePending: 'The function is still being made (state Pending): Lambda will refuse the request for now.',
  stateInactive: 'The function is idle (state Inactive): the first request wakes it and may be refused.',
  updateFailed: 'The function’s last update failed ({0}): what runs is the code from before it.',
  updateRunning: 'The function is being updated: what runs may still be the code from before.',
  tenantNeeded: 'This function keeps its tenants apart: it needs a tenant ID.',
  tenantNotTaken: 'This function has no tenants: Lambda refuses a tenant ID.',
  durableUnqualified:
    'This function is durable: Lambda refuses it without a qualifier. Enter a version, an alias or $LATEST.',
  durableNotTaken: 'This function is not durable: Lambda refuses an execution name.',
} as const;
