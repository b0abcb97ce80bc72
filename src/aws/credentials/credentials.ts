import { createHash } from 'node:crypto';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { isIdentityExpired } from '@smithy/core';
import { clearCredentialCache } from '@smithy/signature-v4';
import { profileChain, type AwsConfig } from '../../core/connection/profile.ts';
import { createSharedTasks } from '../../core/async/sharedTask.ts';
import type { AwsConnection } from '../awsConnection.ts';
import { createPromptTracker, type Callers } from './callers.ts';
import type { RequestHandler } from '../http/requestHandler.ts';

export type Credentials = Extract<
  NonNullable<LambdaClientConfig['credentials']>,
  (...args: never[]) => Promise<unknown>
>;

/** An access key with its secret, and a session's token and end where it has them. */
export type CredentialValues = Awaited<ReturnType<Credentials>>;

/** Asks the person for the code of an MFA device. Rejects with InvokeError where none is given; the signal takes the question back. */
export type AskMfaCode = (serial: string, profile: string, signal?: AbortSignal) => Promise<string>;

export interface CredentialsOptions {
  readonly config: AwsConfig;
  /** Asked for each time: a corrected proxy counts for the next look. */
  readonly network: () => RequestHandler;
  readonly environment: NodeJS.ProcessEnv;
  readonly askMfaCode: AskMfaCode;
  /** Who waits: each leaves on its own signal and hears of the questions it waits for. */
  readonly callers: Callers;
}

/** Bound to a client, a provider is called with the client's configuration. */
type ProviderOptions = { readonly callerClientConfig?: unknown; readonly forceRefresh?: boolean };

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
function relevantConfig({ profileName }: AwsConnection, config: AwsConfig): AwsConfig {
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
 * for them; whoever waits no more leaves the others alone.
 */
function createCredentials(
  connection: AwsConnection,
  { config: fullConfig, callers, ...options }: CredentialsOptions,
  onResolved: (accessKeyId: string) => void,
): Credentials {
  const config = relevantConfig(connection, fullConfig);
  const prompts = createPromptTracker();
  const tasks = createSharedTasks<CredentialValues>();
  let cached: CredentialValues | undefined;

  const resolve = async (signal: AbortSignal) => {
    const { resolveCredentials: findCredentials } = await import('./credentialsChain.ts');
    const askMfaCode: AskMfaCode = (serial, profile) => prompts.track(options.askMfaCode(serial, profile, signal));
    const credentials = await findCredentials(connection, { ...options, config, askMfaCode, signal });
    // A text cut out of a file would keep the whole file, and the keys of other profiles, in memory.
    const copy = structuredClone(credentials);
    if (!signal.aborted) {
      cached = copy;
      onResolved(copy.accessKeyId);
    }
    return copy;
  };

  const provider = async (identity?: ProviderOptions): Promise<CredentialValues> => {
    if (cached !== undefined && !isIdentityExpired(cached) && identity?.forceRefresh !== true) return cached;
    const caller = callers.getStore();
    const stopListening = prompts.listen(caller?.onPrompt);
    return tasks.join('', resolve, caller?.signal).finally(stopListening);
  };
  return Object.assign(provider as Credentials, { memoized: true });
}

interface CacheEntry {
  /** Whose they are: with it, their key under another config is found out. */
  readonly connection: Pick<AwsConnection, 'profile' | 'profileName'>;
  readonly credentials: Credentials;
  /** The access key that was found last: another one may belong to another account. */
  keyId: string | undefined;
}

/** The credentials of all connections, in memory only, and no longer than the files and variables name them. */
export function createCredentialsStore() {
  const cached = new Map<string, CacheEntry>();
  function forget(key: string): void {
    cached.delete(key);
    clearCredentialCache(); // the signer keeps what it derived from them, session tokens included
  }
  return {
    get(connection: AwsConnection, options: CredentialsOptions): Credentials {
      const key = credentialsKey(connection, options.config, options.environment);
      const known = cached.get(key);
      if (known !== undefined) return known.credentials;
      const { profile, profileName } = connection;
      const credentials = createCredentials(connection, options, (id) => {
        const entry = cached.get(key);
        if (entry !== undefined) entry.keyId = id;
      });
      cached.set(key, { connection: { profile, profileName }, credentials, keyId: undefined });
      return credentials;
    },
    /** Forgets what was found under a key: AWS did not accept it. */
    forget,
    /** Forgets what the files and variables no longer name, such as keys that were rotated. Answers with the keys. */
    forgetChanged(config: AwsConfig, environment: NodeJS.ProcessEnv): string[] {
      const changed = [...cached].filter(
        ([key, { connection }]) => credentialsKey(connection, config, environment) !== key,
      );
      for (const [key] of changed) forget(key);
      return changed.map(([key]) => key);
    },
    lastKeyId: (key: string) => cached.get(key)?.keyId,
  };
}
