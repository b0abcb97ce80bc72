// What the credential providers and we need of STS: the package's own copy of it has no GetCallerIdentity, and both
// would be in the bundle.
export {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
