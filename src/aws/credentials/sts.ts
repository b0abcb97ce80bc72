// The build also redirects the credential providers' STS client to this module. Their nested client has no
// GetCallerIdentity, and bundling both clients would duplicate code.
export {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
