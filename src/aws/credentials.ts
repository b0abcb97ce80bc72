import { createHash } from 'node:crypto';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core';
import { profileChain, type AwsConfig } from '../core/awsConfig/profile.ts';
import type { AwsConnection } from './awsConnection.ts';
import type { Network } from './network.ts';

export type Credentials = Extract<
  NonNullable<LambdaClientConfig['credentials']>,
  (...args: never[]) => Promise<unknown>
>;

/** An access key with its secret, and a session's token and end where it has them. */
export type CredentialValues = Awaited<ReturnType<Credentials>>;

/** Asks the person for the code of an MFA device. Rejects with InvokeError where none is given. */
export type AskMfaCode = (serial: string, profile: string) => Promise<string>;

export interface CredentialsOptions {
  readonly config: AwsConfig;
  /** Asked for each time: a corrected proxy counts for the next look. */
  readonly network: () => Network;
  readonly environment: NodeJS.ProcessEnv;
  readonly askMfaCode: AskMfaCode;
}

/**
 * The sections that a connection's credentials depend on, and the environment's variables, as a digest: the key under
 * which they are held in memory. Another profile that is edited does not count, and one answer is good for all regions.
 */
export function credentialsKey(
  { profile, profileName }: AwsConnection,
  config: AwsConfig,
  environment: NodeJS.ProcessEnv,
): string {
  const names = profileChain(profileName, config);
  const chain = names.map((name) => [name, config.profiles[name]]);
  const sections = names.flatMap((name) => {
    const { sso_session: session, services } = config.profiles[name] ?? {};
    return [config.sections[`sso-session.${session ?? ''}`], config.sections[`services.${services ?? ''}`]];
  });
  const variables = Object.entries(environment).filter(([name]) => name.startsWith('AWS_'));
  const text = JSON.stringify([profile, chain, sections, variables]);
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The credentials of a connection: a chosen profile is that profile or nothing, no profile is the default chain. Found out
 * when they are first asked for, held in memory until five minutes before they expire, asked for once however many wait
 * for them.
 */
function createCredentials(
  connection: AwsConnection,
  options: CredentialsOptions,
  onFound: (accessKeyId: string) => void,
): Credentials {
  const provider = async () => {
    const { findCredentials } = await import('./credentialsChain.ts');
    const credentials = await findCredentials(connection, options);
    onFound(credentials.accessKeyId);
    return credentials;
  };
  const held = memoizeIdentityProvider(provider, isIdentityExpired, doesIdentityRequireRefresh);
  return Object.assign(held as Credentials, { memoized: true });
}

/** The credentials of all connections, in memory only. */
export function createCredentialsStore() {
  const known = new Map<string, Credentials>();
  const keyIds = new Map<string, string>();
  return {
    of(connection: AwsConnection, options: CredentialsOptions): Credentials {
      const key = credentialsKey(connection, options.config, options.environment);
      const credentials = known.get(key) ?? createCredentials(connection, options, (id) => keyIds.set(key, id));
      known.set(key, credentials);
      return credentials;
    },
    /** Forgets what was found under a key: AWS did not accept it. */
    forget(key: string): void {
      known.delete(key);
    },
    /** The access key that was found last under a key: another one may belong to another account. */
    lastKeyId: (key: string) => keyIds.get(key),
  };
}
