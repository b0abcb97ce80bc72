import { fromContainerMetadata, fromHttp, fromInstanceMetadata } from '@aws-sdk/credential-providers';
import { variable } from '../../core/connection/awsEnvironment.ts';
import type { CredentialValues } from './credentials.ts';

/** The credentials of the container role (ECS, EKS Pod Identity). Rejects with the provider's error. */
export async function containerCredentials(): Promise<CredentialValues> {
  return fromHttp({})().catch(() => fromContainerMetadata()());
}

/** The credentials of the EC2 instance role. Rejects with the provider's error. */
export async function instanceCredentials(): Promise<CredentialValues> {
  return fromInstanceMetadata()();
}

/** The credentials of the container role or, unless AWS_EC2_METADATA_DISABLED is set, of the instance role. */
export async function machineCredentials(environment: NodeJS.ProcessEnv): Promise<CredentialValues> {
  const container = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  if (container.some((name) => variable(name, environment) !== undefined)) return containerCredentials();
  const disabled = variable('AWS_EC2_METADATA_DISABLED', environment);
  if (disabled !== undefined && disabled !== 'false') {
    throw new Error('no keys in the environment, no default profile, and instance metadata is turned off');
  }
  return instanceCredentials();
}
