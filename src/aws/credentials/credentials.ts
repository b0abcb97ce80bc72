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

/** An access key and its secret; temporary credentials also have a session token and an expiration. */
export type CredentialValues = Awaited<ReturnType<Credentials>>;

/** Prompts for an MFA code. Rejects with InvokeError when the user cancels; the signal dismisses the prompt. */
export type AskMfaCode = (serial: string, profile: string, signal?: AbortSignal) => Promise<string>;

export interface CredentialsOptions {
  readonly config: AwsConfig;
  /** Called for every resolution, so that corrected proxy settings take effect. */
  readonly network: () => RequestHandler;
  readonly environment: NodeJS.ProcessEnv;
  readonly askMfaCode: AskMfaCode;
  /** The current callers: each can cancel through its own signal and is notified of prompts. */
  readonly callers: Callers;
}

/** A provider that is bound to a client also receives the client's configuration. */
type ProviderOptions = { readonly callerClientConfig?: unknown; readonly forceRefresh?: boolean };

/**
 * The in-memory cache key of a connection's credentials: a SHA-256 digest of the config sections and `AWS_*` variables
 * they depend on. Editing an unrelated profile doesn't change it, and all regions share it.
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

/**
 * The part of the config that a connection's credentials depend on. The full config would keep every profile's keys in
 * memory.
 */
function relevantConfig({ profileName }: AwsConnection, config: AwsConfig): AwsConfig {
  const names = profileChain(profileName, config);
  const sectionNames = names.flatMap((name) => {
    const { sso_session: session, services } = config.profiles[name] ?? {};
    return [`sso-session.${session ?? ''}`, `services.${services ?? ''}`];
  });
  const pick = <T>(from: Readonly<Record<string, T>>, keys: readonly string[]) =>
    Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
  // Clone: V8 substrings would keep the contents of the whole file in memory.
  return structuredClone({
    ...config,
    profiles: pick(config.profiles, names),
    sections: pick(config.sections, sectionNames),
  });
}

/**
 * A credential provider for a connection: the selected profile only, or the default chain without a profile. It
 * resolves on first use, caches until five minutes before expiry, and shares one resolution among concurrent callers.
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
    // Clone: V8 substrings would keep the whole file, and so the keys of other profiles, in memory.
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
  /** Used to recompute the cache key after the config has changed. */
  readonly connection: Pick<AwsConnection, 'profile' | 'profileName'>;
  readonly credentials: Credentials;
  /** The last resolved access key ID. A different one may belong to another account. */
  keyId: string | undefined;
}

/** Caches the credentials of all connections, in memory only, and only while the files and variables define them. */
export function createCredentialsStore() {
  const cached = new Map<string, CacheEntry>();
  function forget(key: string): void {
    cached.delete(key);
    clearCredentialCache(); // the signer caches derived keys, including session tokens
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
    /** Drops the credentials of a key, for example because AWS rejected them. */
    forget,
    /**
     * Drops credentials that the files and variables no longer define, such as rotated keys. Returns their cache keys.
     */
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
