import { createHash } from 'node:crypto';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { isIdentityExpired } from '@smithy/core';
import { clearCredentialCache } from '@smithy/signature-v4';
import { profileChain, type AwsConfig } from '../core/awsConfig/profile.ts';
import { createSharedTasks } from '../core/sharedTask.ts';
import type { AwsConnection } from './awsConnection.ts';
import { createQuestions, type Callers } from './callers.ts';
import { withCredentialProcess } from './credentialProcess.ts';
import { configuredEndpoint } from './endpoints.ts';
import { signalOf, type RequestHandler } from './requestHandler.ts';
import type { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from './sts.ts';

export type Credentials = Extract<
  NonNullable<LambdaClientConfig['credentials']>,
  (...args: never[]) => Promise<unknown>
>;

/** Asks the person for the code of an MFA device. Rejects with InvokeError where none is given; the signal takes the question back. */
export type AskMfaCode = (serial: string, profile: string, signal?: AbortSignal) => Promise<string>;

export interface CredentialsOptions {
  readonly config: AwsConfig;
  /** Asked for each time: a corrected proxy counts for the next look. */
  readonly network: () => RequestHandler;
  readonly environment: NodeJS.ProcessEnv;
  readonly askMfaCode: AskMfaCode;
  /** Who waits: each leaves on its own signal, and is told of the questions it waits for. */
  readonly callers: Callers;
}

type RoleAssumer = ReturnType<typeof getDefaultRoleAssumer>;
type WebRoleAssumer = ReturnType<typeof getDefaultRoleAssumerWithWebIdentity>;

/** Bound to a client, a provider is called with the client's configuration. */
type Identity = { readonly callerClientConfig?: unknown; readonly forceRefresh?: boolean };

type Found = Awaited<ReturnType<Credentials>>;

/** A request handler whose requests also end when nobody waits for the credentials any more. */
function abortedBy(handler: RequestHandler, signal: AbortSignal): RequestHandler {
  return {
    handle(request, options = {}) {
      const own = signalOf(options);
      return handler.handle(request, {
        ...options,
        abortSignal: own === undefined ? signal : AbortSignal.any([own, signal]),
      });
    },
  };
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

/** Where the services that give credentials are. A plain answer: the config, with everybody's keys, isn't held through it. */
function servicesOf(
  { profileName: profile, region = 'us-east-1' }: AwsConnection,
  { config, environment }: Pick<CredentialsOptions, 'config' | 'environment'>,
) {
  const [sso, ssoOidc, sts] = (['sso', 'sso_oidc', 'sts'] as const).map(
    (service) => configuredEndpoint(service, { profile, config, environment })?.url,
  );
  return {
    // Both services of SSO share one configuration in the SDK's providers; the environment tells them apart by itself.
    sso: sso === ssoOidc ? sso : undefined,
    sts,
    stsRegion: config.profiles[profile]?.['region'] ?? region,
  };
}

/**
 * The credentials of a connection, through the SDK's own providers: a chosen profile is that profile or nothing, no
 * profile is the default chain. Found out when they are first asked for, held in memory until five minutes before they
 * expire, asked for once however many wait for them; whoever waits no more leaves the others alone. Source: AWS SDKs and Tools reference, credential providers.
 */
function createCredentials(
  connection: AwsConnection,
  { config, network, environment, askMfaCode, callers }: CredentialsOptions,
  onFound: (accessKeyId: string) => void,
): Credentials {
  const { profile, profileName, region = 'us-east-1' } = connection;
  const { sso, sts, stsRegion } = servicesOf(connection, { config, environment });

  const questions = createQuestions();
  const tasks = createSharedTasks<Found>();
  let held: Found | undefined;

  const resolve = async (identity: Identity | undefined, signal: AbortSignal) => {
    const requestHandler = abortedBy(network(), signal);
    const ofSts = {
      region: stsRegion,
      requestHandler,
      ...(sts !== undefined && { endpoint: sts }),
    };
    const init = {
      ignoreCache: true,
      // Without a region: the SSO client would take it for its own.
      clientConfig: { requestHandler, ...(sso !== undefined && { endpoint: sso }) },
      parentClientConfig: { region, requestHandler },
      mfaCodeProvider: (serial: string) => questions.during(askMfaCode(serial, profileName, signal)),
      roleAssumer: async (...asked: Parameters<RoleAssumer>) =>
        (await import('./sts.ts')).getDefaultRoleAssumer(ofSts)(...asked),
      roleAssumerWithWebIdentity: async (...asked: Parameters<WebRoleAssumer>) =>
        (await import('./sts.ts')).getDefaultRoleAssumerWithWebIdentity(ofSts)(...asked),
    };
    const found = profile === undefined ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
    const credentials = await found(identity as Parameters<typeof found>[0]);
    // A text cut out of a file would keep the whole file, and the keys of other profiles, in memory.
    const own = structuredClone(credentials);
    if (!signal.aborted) {
      held = own;
      onFound(own.accessKeyId);
    }
    return own;
  };

  const provider = async (identity?: Identity): Promise<Found> => {
    if (held !== undefined && !isIdentityExpired(held) && identity?.forceRefresh !== true) return held;
    const caller = callers.getStore();
    const stopListening = questions.listen(caller?.onQuestion);
    const start = (signal: AbortSignal) => withCredentialProcess(signal, () => resolve(identity, signal));
    return tasks.join('', start, caller?.signal).finally(stopListening);
  };
  return Object.assign(provider as Credentials, { memoized: true });
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
