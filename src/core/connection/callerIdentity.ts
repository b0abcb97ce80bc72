/** The result of STS GetCallerIdentity. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** The bare name of the role or user, or `root` for the root user. */
  readonly name: string;
}

/** The bare name in an IAM or STS ARN. For an assumed role it's the role's name, without the session. */
export function nameOfArn(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  const assumedRole = /^assumed-role\/([^/]+)\//.exec(resource)?.[1];
  return assumedRole ?? resource.split('/').at(-1) ?? resource;
}
