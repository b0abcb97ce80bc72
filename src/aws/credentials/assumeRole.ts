import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
  type AssumeRoleCommandInput,
  type AssumeRoleCommandOutput,
  type AssumeRoleWithWebIdentityCommandInput,
  type STSClientConfig,
} from '@aws-sdk/client-sts';
import type { CredentialValues } from './credentials.ts';

// The SDK's own role providers forward only some client options. They read the rest from the user's config files and
// cache the file contents in memory.

type StsResponse = Pick<AssumeRoleCommandOutput, 'Credentials'>;

/** AssumeRole can be retried safely: it has no side effects. */
const MAX_ATTEMPTS = 3;

async function requestCredentials(
  options: STSClientConfig,
  role: string | undefined,
  send: (client: STSClient) => Promise<StsResponse>,
): Promise<CredentialValues> {
  const client = new STSClient({ maxAttempts: MAX_ATTEMPTS, ...options });
  try {
    const response = await send(client);
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = response.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey) throw new Error(`STS returned no credentials for ${role ?? 'the role'}`);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken !== undefined && { sessionToken: SessionToken }),
      ...(Expiration !== undefined && { expiration: Expiration }),
    };
  } finally {
    client.destroy();
  }
}

/** Assumes a role using existing credentials. Rejects with the STS error. Source: AWS STS API reference, AssumeRole. */
export function assumeRole(options: STSClientConfig, input: AssumeRoleCommandInput): Promise<CredentialValues> {
  return requestCredentials(options, input.RoleArn, (client) => client.send(new AssumeRoleCommand(input)));
}

/**
 * Assumes a role using a web identity token instead of credentials. Rejects with the STS error.
 * Source: AWS STS API reference, AssumeRoleWithWebIdentity.
 */
export function assumeRoleWithWebIdentity(
  options: STSClientConfig,
  input: AssumeRoleWithWebIdentityCommandInput,
): Promise<CredentialValues> {
  return requestCredentials(options, input.RoleArn, (client) =>
    client.send(new AssumeRoleWithWebIdentityCommand(input)),
  );
}
