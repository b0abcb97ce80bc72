import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  AssumeRoleWithWebIdentityCommandInput,
  STSClientConfig,
} from '@aws-sdk/client-sts';
import type { CredentialValues } from './credentials.ts';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient } from './sts.ts';

// The SDK's own assumers pass on a part of a client's options only: the rest would be looked up in the user's files,
// whose text the SDK then keeps in memory.

type StsResponse = Pick<AssumeRoleCommandOutput, 'Credentials'>;

/** Assuming a role may be asked for again: it changes nothing. */
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
    if (!AccessKeyId || !SecretAccessKey) throw new Error(`STS answered without credentials for ${role ?? 'the role'}`);
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

/** Assumes a role with other credentials. Rejects with STS's error. Source: AWS STS API, AssumeRole. */
export function assumeRole(options: STSClientConfig, input: AssumeRoleCommandInput): Promise<CredentialValues> {
  return requestCredentials(options, input.RoleArn, (client) => client.send(new AssumeRoleCommand(input)));
}

/** Assumes a role with a token instead of credentials. Source: AWS STS API, AssumeRoleWithWebIdentity. */
export function assumeRoleWithWebIdentity(
  options: STSClientConfig,
  input: AssumeRoleWithWebIdentityCommandInput,
): Promise<CredentialValues> {
  return requestCredentials(options, input.RoleArn, (client) =>
    client.send(new AssumeRoleWithWebIdentityCommand(input)),
  );
}
