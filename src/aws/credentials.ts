import { createHash } from 'node:crypto';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core';
import { clearCredentialCache } from '@smithy/signature-v4';
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
  { profile, profileName }: Pick<AwsConnection, 'profile' | 'profileName'>,
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

/** The part of the config that a connection's credentials depend on: all of it would hold everybody's keys in memory. */
function configOf({ profileName }: AwsConnection, config: AwsConfig): AwsConfig {
  const names = profileChain(profileName, config);
  const sectionNames = names.flatMap((name) => {
    const { sso_session: session, services } = config.profiles[name] ?? {};
    return [`sso-session.${session ?? ''}`, `services.${services ?? ''}`];
  });
  const pick = <T>(from: Readonly<Record<string, T>>, keys: readonly string[]) =>
    Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
  // A text cut out of a file would keep the whole file in memory.
  return structuredClone({
    ...config,
    profiles: pick(config.profiles, names),
    sections: pick(config.sections, sectionNames),
  });
}

/**
 * The credentials of a connection: a chosen profile is that profile or nothing, no profile is the default chain. Found out
 * when they are first asked for, held in memory until five minutes before they expire, asked for once however many wait
 * for them.
 */
function createCredentials(
  connection: AwsConnection,
  { config, ...options }: CredentialsOptions,
  onFound: (accessKeyId: string) => void,
): Credentials {
  const own = configOf(connection, config);
  const provider = async () => {
    const { findCredentials } = await import('./credentialsChain.ts');
    const credentials = await findCredentials(connection, { ...options, config: own });
    onFound(credentials.accessKeyId);
    // A text cut out of a file would keep the whole file, and the keys of other profiles, in memory.
    return structuredClone(credentials);
  };
  const held = memoizeIdentityProvider(provider, isIdentityExpired, doesIdentityRequireRefresh);
  return Object.assign(held as Credentials, { memoized: true });
}

interface Held {
  /** Whose they are: with it, their key under another config is found out. */
  readonly connection: Pick<AwsConnection, 'profile' | 'profileName'>;
  readonly credentials: Credentials;
  /** The access key that was found last: another one may belong to another account. */
  keyId: string | undefined;
}

/** The credentials of all connections, in memory only, and no longer than the files and variables name them. */
export function createCredentialsStore() {
  const held = new Map<string, Held>();
  function forget(key: string): void {
    held.delete(key);
    clearCredentialCache(); // the signer keeps what it derived from them, session tokens included
  }
  return {
    of(connection: AwsConnection, options: CredentialsOptions): Credentials {
      const key = credentialsKey(connection, options.config, options.environment);
      const known = held.get(key);
      if (known !== undefined) return known.credentials;
      const { profile, profileName } = connection;
      const credentials = createCredentials(connection, options, (id) => {
        const now = held.get(key);
        if (now !== undefined) now.keyId = id;
      });
      held.set(key, { connection: { profile, profileName }, credentials, keyId: undefined });
      return credentials;
    },
    /** Forgets what was found under a key: AWS did not accept it. */
    forget,
    /** Forgets what the files and variables no longer name, such as keys that were rotated. Answers with the keys. */
    forgetChanged(config: AwsConfig, environment: NodeJS.ProcessEnv): string[] {
      const changed = [...held].filter(
        ([key, { connection }]) => credentialsKey(connection, config, environment) !== key,
      );
      for (const [key] of changed) forget(key);
      return changed.map(([key]) => key);
    },
    lastKeyId: (key: string) => held.get(key)?.keyId,
  };
}
