import { fromContainerMetadata, fromHttp, fromInstanceMetadata } from '@aws-sdk/credential-providers';
import { variable } from '../../core/connection/awsEnvironment.ts';
import type { CredentialValues } from './credentials.ts';

/** The role of the container this runs in. */
export async function containerCredentials(): Promise<CredentialValues> {
  return fromHttp({})().catch(() => fromContainerMetadata()());
}

/** The role of the EC2 instance this runs on. */
export async function instanceCredentials(): Promise<CredentialValues> {
  return fromInstanceMetadata()();
}

/** The role of the container or the instance, where there is one; AWS_EC2_METADATA_DISABLED turns the instance off. */
export async function machineCredentials(environment: NodeJS.ProcessEnv): Promise<CredentialValues> {
  const container = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  if (container.some((name) => variable(name, environment) !== undefined)) return containerCredentials();
  const disabled = variable('AWS_EC2_METADATA_DISABLED', environment);
  if (disabled !== undefined && disabled !== 'false') {
    throw new Error('no keys in the environment, no default profile, and the instance’s metadata is turned off');
  }
  return instanceCredentials();
}
