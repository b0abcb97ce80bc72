/** Who AWS takes us for. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** The role or user by its bare name; `root` for the account itself. */
  readonly name: string;
}

/** The bare name in an ARN of IAM or STS: the role of an assumed role, without the session. */
export function nameOfArn(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  const assumed = /^assumed-role\/([^/]+)\//.exec(resource)?.[1];
  return assumed ?? resource.split('/').at(-1) ?? resource;
}
