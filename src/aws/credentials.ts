import { createHash } from 'node:crypto';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { isIdentityExpired } from '@smithy/core';
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
 * The credentials of a connection, through the SDK's own providers: a chosen profile is that profile or nothing, no
 * profile is the default chain. Found out when they are first asked for, held in memory until five minutes before they
 * expire, asked for once however many wait for them; whoever waits no more leaves the others alone. Source: AWS SDKs and Tools reference, credential providers.
 */
function createCredentials(
  connection: AwsConnection,
  options: CredentialsOptions,
  onFound: (accessKeyId: string) => void,
): Credentials {
  const { profile, profileName } = connection;
  const { config, network, environment, askMfaCode, callers } = options;
  const region = connection.region ?? 'us-east-1';
  const endpointOf = (service: 'sts' | 'sso' | 'sso_oidc') =>
    configuredEndpoint(service, { profile: profileName, config, environment })?.url;
  const sso = endpointOf('sso');
  // Both services of SSO share one configuration in the SDK's providers; the environment tells them apart by itself.
  const isOneEndpoint = sso !== undefined && sso === endpointOf('sso_oidc');
  const sts = endpointOf('sts');

  const questions = createQuestions();
  const tasks = createSharedTasks<Found>();
  let held: Found | undefined;

  const resolve = async (identity: Identity | undefined, signal: AbortSignal) => {
    const requestHandler = abortedBy(network(), signal);
    const ofSts = {
      region: config.profiles[profileName]?.['region'] ?? region,
      requestHandler,
      ...(sts !== undefined && { endpoint: sts }),
    };
    const init = {
      ignoreCache: true,
      // Without a region: the SSO client would take it for its own.
      clientConfig: { requestHandler, ...(isOneEndpoint && { endpoint: sso }) },
      parentClientConfig: { region, requestHandler },
      mfaCodeProvider: (serial: string) => questions.during(askMfaCode(serial, profileName, signal)),
      roleAssumer: async (...asked: Parameters<RoleAssumer>) =>
        (await import('./sts.ts')).getDefaultRoleAssumer(ofSts)(...asked),
      roleAssumerWithWebIdentity: async (...asked: Parameters<WebRoleAssumer>) =>
        (await import('./sts.ts')).getDefaultRoleAssumerWithWebIdentity(ofSts)(...asked),
    };
    const found = profile === undefined ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
    const credentials = await found(identity as Parameters<typeof found>[0]);
    if (!signal.aborted) {
      held = credentials;
      onFound(credentials.accessKeyId);
    }
    return credentials;
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
