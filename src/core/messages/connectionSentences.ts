/** Messages about connections, credentials, and looking up functions, by code. */
export const CONNECTION_SENTENCES = {
  // The config files
  configLineNoEquals: '{0}, line {1}: Invalid setting. Use name = value.',
  configLineOutside: '{0}, line {1}: Setting outside of a section. Move it below a [section] header.',
  configLineKeyless: '{0}, line {1}: Missing name before "=".',
  configSectionOpen: '{0}, line {1}: Missing "]" at the end of the section header.',
  configSectionPrefix: '{0}, line {1}: The section is ignored. Rename it to [profile {2}].',
  configSectionName: '{0}, line {1}: The section is ignored. Put a name with spaces in quotes, such as "{2}".',
  configTwice: '{0}, line {1}: Duplicate entry, which the AWS CLI rejects. Remove one of the two.',
  configUnreadable: "Can't read {0}: {1}. Check its permissions.",
  configNotUtf8: "{0} isn't UTF-8 text. Save it as UTF-8.",

  // Profiles
  profileUnknownIn: 'Profile "{0}" ({1} of "{2}") isn\'t in the AWS config or credentials file.',
  profileCycle: 'The profiles {0} refer to each other as source_profile. Remove one of the references.',
  profileKeyMissing: 'Profile "{0}" has {1} but no {2}. Add {2} to the profile.',
  profileNoSource:
    'Profile "{0}" has a role_arn but no credentials to assume the role. Add source_profile, credential_source, or web_identity_token_file.',
  environmentIncomplete: 'The environment has {0} but no {1}. Set both or neither.',
  profileTwoSources: 'Profile "{0}" has both source_profile and credential_source. Remove one of them.',
  profileCredentialSource:
    'Profile "{0}" has the unknown credential_source "{1}". Use Environment, Ec2InstanceMetadata, or EcsContainer.',
  profileNoCredentials: 'Profile "{0}" has no credentials. Add keys, a role, SSO, or a credential_process.',
  ssoSessionUnknown: 'Profile "{0}" refers to the sso-session "{1}", which isn\'t in the AWS config file.',
  ssoSessionKeyMissing: 'The sso-session "{0}" has no {1}. Add it to the section.',
  ssoInconsistent:
    'Profile "{0}" and its sso-session "{2}" have different values for {1}. Remove {1} from the profile.',
  servicesUnknown: 'Profile "{0}" refers to the services section "{1}", which isn\'t in the AWS config file.',

  // Signing in
  ssoLoginNeeded: 'The SSO session of profile "{0}" has expired, and nothing was sent. Sign in, then try again.',
  ssoRoleNotAssigned:
    'The role "{0}" in account {1} isn\'t assigned to you in IAM Identity Center. Request access, or correct sso_role_name and sso_account_id in profile "{2}".',
  ssoRefused: 'The sign-in was denied ({0}). Sign in again and approve the request in your browser.',
  ssoExpired: 'The sign-in timed out. Sign in again.',
  ssoCancelled: 'The sign-in was canceled. Nothing was sent.',
  ssoUnreachable: "Can't reach the sign-in service of {0} ({1}). Check the network and the profile's sso_region.",
  ssoAddress: "The sign-in service returned a URL that can't be opened: {0}.",
  ssoNotWritten: "Can't save the SSO session to {0}: {1}.",
  ssoNone: "{0} doesn't use SSO. Use Select Profile… to choose a profile that does.",
  loginSession: 'The login session of profile "{0}" has ended: {1}. Run "aws login --profile {0}", then invoke again.',
  loggedIn: 'Signed in to {0} before invoking.',
  mfaCancelled: 'No MFA code was entered for {0}. Nothing was sent.',
  mfaCode: 'Enter a six-digit MFA code.',

  // Certificates and proxies
  proxyRefused:
    "The proxy {0} couldn't connect to {1} ({2}), and nothing was sent. Check the proxy and its credentials.",
  proxyInvalid:
    'The proxy address ({0}) is invalid. Use http://host:port, and encode % and @ in a user name or password as %25 and %40.',
  certificateFile: "Can't read the certificates in {0} ({1}): {2}.",
  certificateRefused:
    "The certificate of {0} isn't trusted ({1}), and nothing was sent. Add the CA certificate to AWS_CA_BUNDLE or to the system's trusted certificates.",

  // Confirmation
  identityLate: "STS or the credential provider didn't respond in time.",
  confirmUnsure: "Can't determine the account: {0}",

  // Reading from AWS
  readDenied: "Can't read {0}. The credentials need {1} on {2}.",
  readDeniedPlain: "Can't read {0}. The credentials don't allow it.",
  readRefused: "Can't read {0}. AWS error: {1}",
  readThrottled: "Can't read {0}, because AWS is throttling requests. Wait a moment, then try again.",
  readFailed: "Can't read {0}. No response from {1} ({2}).",
  readLate: "{0} didn't respond within {1} s. Check the network and the endpoint, then try again.",
  credentialsLate:
    'Getting credentials for {0} took longer than {1} s. Check the credential process or sign in again, then try again.',
  readTooLarge: 'The response from {0} exceeds {1} bytes. Check the endpoint, then try again.',

  // CloudWatch Logs
  logGroupMissing:
    "The log group {0} doesn't exist in {1}. Invoke the function once, and check that its role allows logs:CreateLogGroup.",
  logStreamMissing: "The log stream {0} of {1} doesn't exist. It might have been deleted.",
  logsUnsupported: "{0} doesn't support {1}. Use an endpoint that supports CloudWatch Logs.",
  liveTailLimit: 'The account has too many Live Tail sessions in {0}. Stop one, then try again.',
  liveTailEnded: 'CloudWatch Logs closed the Live Tail session ({0}). Start it again to continue.',

  // Deployed functions
  notInStack: 'The stack {1} has no function {0}. Deploy the function or select another stack.',
  deployedNeedsProfile: "Local functions aren't deployed. Select a profile first.",
  stackUnknown: 'The samconfig.toml file for {0} has no stack_name.',
  samconfigBroken: "{0} isn't valid TOML: {1}",
  consoleUnknown: 'The console URL for region {0} is unknown.',
  arnNeedsAccount: "Can't determine the account for the ARN: {0}",

  // The function's configuration, before it's invoked
  tenantNeeded: 'This function uses tenant isolation. Enter a tenant ID.',
  tenantNotTaken: "This function doesn't use tenant isolation. Remove the tenant ID.",
  durableUnqualified: 'Durable functions require a qualifier. Enter a version, an alias, or $LATEST.',
  durableNotTaken: "This function isn't durable. Remove the durable execution name.",
} as const;
