import { lazy } from '../core/async/lazy.ts';
import type { Aws, AwsTarget } from '../core/connection/aws.ts';
import {
  accountOfProfile,
  describeProfiles,
  signInOf,
  ssoSessionOf,
  type AwsConfig,
} from '../core/connection/profile.ts';
import { environmentHeaders } from '../core/functions/environmentHeader.ts';
import type { CallerIdentity } from '../core/connection/callerIdentity.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import { shownAddress } from '../core/connection/endpointAddress.ts';
import { parseFunctionName } from '../core/functions/functionName.ts';
import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';
import { logGroupRegion } from '../core/logs/logGroup.ts';
import type { InvokeOptions, InvokeRequest } from '../core/invocation/invokeRequest.ts';
import { message } from '../core/messages/messages.ts';
import type { OnPrompt } from '../core/async/promptTimer.ts';
import { DEFAULT_NETWORK, type NetworkSettings } from '../core/connection/networkSettings.ts';
import { describeChain, resolveAwsConnection, type AwsConnection } from './awsConnection.ts';
import { createClients, type UsableConnection } from './clients.ts';
import { credentialsKey, type AskMfaCode } from './credentials/credentials.ts';
import { serviceOptions } from './endpoints.ts';
import { sendInvoke, type SendContext } from './lambdaInvoker.ts';
import { sendStream } from './lambdaStreamer.ts';
import type { RequestProgress } from './requestProgress.ts';
import type { NetworkLimits } from './http/requestHandler.ts';
import type { ReadContext } from './read.ts';
import { warmUpSdk } from './sdkWarmUp.ts';
import { readSharedConfig } from './credentials/sharedConfig.ts';

interface ReadOptions {
  readonly signal: AbortSignal;
  readonly FunctionName?: string;
  /** The region in the ARN of a log group. */
  readonly logsRegion?: string | undefined;
  readonly onPrompt?: OnPrompt | undefined;
}

export interface AwsOptions {
  /** The connection timeout in milliseconds; 10,000 by default. */
  readonly connectionTimeoutMs?: number;
  /** Overrides for the other network limits (NETWORK_LIMITS). */
  readonly limits?: Partial<NetworkLimits>;
  readonly network?: () => NetworkSettings;
  readonly askMfaCode?: AskMfaCode;
}

function send(request: InvokeRequest, context: SendContext, onChunk: InvokeOptions['onChunk']) {
  return request.InvokeMode === 'RESPONSE_STREAM'
    ? sendStream(request, context, onChunk ?? (() => Promise.resolve()))
    : sendInvoke(request, context);
}

function view(connection: AwsConnection, environment: NodeJS.ProcessEnv): Extract<ConnectionView, { kind: 'aws' }> {
  const { profile, region, endpoint, variants } = connection;
  const chain = describeChain(connection, environment);
  return {
    kind: 'aws',
    ...(profile !== undefined && { profile }),
    ...(chain !== undefined && { chain }),
    ...(region !== undefined && { region }),
    ...(variants.useFipsEndpoint && { isFips: true }),
    ...(variants.useDualstackEndpoint && { isDualStack: true }),
    ...(endpoint !== undefined && { endpoint: shownAddress(endpoint.url), endpointSource: endpoint.from }),
  };
}

function noMfa(serial: string): Promise<string> {
  return Promise.reject(new InvokeError(message('mfaCancelled', serial)));
}

/**
 * Implements the AWS operations with the SDK. Config files, settings and the environment are read on every call, so
 * that edits take effect immediately. Credentials are resolved only to sign a request, and cached in memory only.
 */
export function createAws(environment: NodeJS.ProcessEnv, options: AwsOptions = {}): Aws {
  const { network = () => DEFAULT_NETWORK, askMfaCode = noMfa, connectionTimeoutMs, limits } = options;
  const clients = createClients({
    environment,
    network,
    askMfaCode,
    limits: { ...limits, ...(connectionTimeoutMs !== undefined && { connectionTimeoutMs }) },
  });
  const sharedLogin = lazy(async () => (await import('./credentials/sharedLogin.ts')).createSharedLogin());
  const identities = new Map<string, { readonly identity: CallerIdentity; readonly accessKeyId: string | undefined }>();

  /** Reads the config files and drops everything that used credentials they no longer define. */
  async function readConfig(): Promise<AwsConfig> {
    // Clone: V8 substrings would keep the whole file, and so every profile's keys, in memory.
    const config = structuredClone(await readSharedConfig(environment));
    for (const key of clients.forgetChanged(config)) {
      for (const known of identities.keys()) if (known.endsWith(key)) identities.delete(known);
    }
    return config;
  }

  async function resolve(target: AwsTarget, arnRegion?: string) {
    const config = await readConfig();
    const { endpointSetting } = target;
    return {
      config,
      connection: resolveAwsConnection({ connection: target, arnRegion, endpointSetting }, config, environment),
    };
  }

  async function resolveUsable(target: AwsTarget, arnRegion?: string) {
    const { config, connection } = await resolve(target, arnRegion);
    const { region } = connection;
    if (region === undefined) throw new InvokeError(message('regionMissing'));
    return { config, connection: { ...connection, region } satisfies UsableConnection };
  }

  const credentialsName = ({ profile }: AwsConnection) =>
    profile === undefined ? 'the default chain' : `profile ${profile}`;

  /** Only credentials of the profile can require a sign-in; environment keys don't. */
  const requiredSignIn = ({ profileName, credentialsSource }: AwsConnection, config: AwsConfig) =>
    credentialsSource === 'profile' ? signInOf(profileName, config) : undefined;

  /** Includes a custom endpoint, because an emulator reports its own account for the same credentials. */
  const identityKey = (connection: AwsConnection, config: AwsConfig) =>
    `${connection.isCustomEndpoint ? (connection.endpoint?.url ?? '') : ''} ${credentialsKey(connection, config, environment)}`;

  /** The cached identity, if the access key is unchanged: a credential_process may have switched accounts. */
  function cachedIdentity(connection: AwsConnection, config: AwsConfig): CallerIdentity | undefined {
    const known = identities.get(identityKey(connection, config));
    return known?.accessKeyId === clients.lastKeyId(connection, config) ? known?.identity : undefined;
  }

  /** Drops cached credentials that AWS rejects. Their source may have new keys even if the files are unchanged. */
  async function forgetOnCredentialsError<T>(
    connection: AwsConnection,
    config: AwsConfig,
    operation: Promise<T>,
  ): Promise<T> {
    return operation.catch((error: unknown) => {
      if (isInvokeError(error) && error.reason.code === 'credentialsRefused') {
        clients.forget(connection, config);
        identities.delete(identityKey(connection, config));
      }
      throw error;
    });
  }

  const runRead = <T>(context: ReadContext, operation: Promise<T>) =>
    forgetOnCredentialsError(context.connection, context.config, operation);

  async function createReadContext(
    target: AwsTarget,
    { signal, FunctionName = '', logsRegion, onPrompt }: ReadOptions,
  ): Promise<ReadContext> {
    const { config, connection } = await resolveUsable(target, logsRegion ?? parseFunctionName(FunctionName)?.region);
    const signIn = requiredSignIn(connection, config);
    return { clients, config, connection, signIn, credentials: credentialsName(connection), signal, onPrompt };
  }

  return {
    async invoke(request, { target, signal, environment: variables, onChunk, onPrompt }) {
      if (target.kind === 'local') {
        const { address } = target;
        const { endpoint } = address;
        const context = {
          client: clients.local(address),
          track: clients.track,
          connection: { kind: 'local' },
          credentials: 'Local',
          endpoint,
          signal,
          dryRunMs: clients.readMs,
          ...(variables !== undefined && { headers: environmentHeaders(variables) }),
        } as const;
        return send(request, context, onChunk);
      }
      const { config, connection } = await resolveUsable(target, parseFunctionName(request.FunctionName)?.region);
      const { region, endpoint } = connection;
      const context = {
        client: clients.lambda(connection, config, 'invoke'),
        track: <T>(progress: RequestProgress, call: () => Promise<T>) =>
          clients.runAs({ signal, onPrompt }, () => clients.track(progress, call)),
        connection: view(connection, environment),
        credentials: credentialsName(connection),
        profile: connection.profileName,
        signIn: requiredSignIn(connection, config),
        endpoint: endpoint === undefined ? `Lambda in ${region}` : shownAddress(endpoint.url),
        signal,
        dryRunMs: clients.readMs,
      };
      return forgetOnCredentialsError(connection, config, send(request, context, onChunk));
    },
    async describe(target) {
      const { config, connection } = await resolve(target);
      const known = cachedIdentity(connection, config);
      const usesProfile = connection.credentialsSource === 'profile';
      const accountId =
        known?.accountId ?? (usesProfile ? accountOfProfile(connection.profileName, config) : undefined);
      return {
        ...view(connection, environment),
        ...(accountId !== undefined && { accountId }),
        ...(known !== undefined && { role: known.name }),
      };
    },
    warmUpSdk,
    async listProfiles() {
      const config = await readConfig();
      const problems = config.problems.filter(({ section }) => section === undefined);
      return { profiles: describeProfiles(config), problems: problems.map(({ message: reason }) => reason) };
    },
    async readIdentity(target, signal, onPrompt) {
      const context = await createReadContext(target, { signal, onPrompt });
      const { connection, config } = context;
      // Ignore errors: the request below reports them.
      if (identities.has(identityKey(connection, config))) {
        await clients
          .runAs({ signal, onPrompt }, () => clients.resolveKeyId(connection, config))
          .catch(() => undefined);
      }
      const known = cachedIdentity(connection, config);
      if (known !== undefined) return known;
      const identity = await runRead(
        context,
        import('./credentials/identity.ts').then(({ readIdentity }) => readIdentity(context)),
      );
      identities.set(identityKey(connection, config), { identity, accessKeyId: clients.lastKeyId(connection, config) });
      return identity;
    },
    async logIn(profile, { signal, onPrompt }) {
      const { config, connection } = await resolve({ kind: 'aws', ...(profile !== undefined && { profile }) });
      const session = ssoSessionOf(connection.profileName, config);
      if (session === undefined) throw new InvokeError(message('ssoNone', credentialsName(connection)));
      const logIn = await sharedLogin();
      const service = serviceOptions('sso_oidc', { profile: connection.profileName, config, environment });
      const handler = clients.networkOf(connection);
      await logIn(session, { network: handler.readHandler, service, environment, signal, onPrompt });
      clients.forget(connection, config); // another person may have signed in
    },
    async listFunctions(target, onPage, signal) {
      const context = await createReadContext(target, { signal });
      await runRead(
        context,
        import('./functions.ts').then(({ listFunctions }) => listFunctions(context, onPage)),
      );
    },
    async readFunction(target, { FunctionName, Qualifier }, signal) {
      const context = await createReadContext(target, { signal, FunctionName });
      const { readFunction } = await import('./functions.ts');
      return runRead(context, readFunction(context, FunctionName, Qualifier));
    },
    async listQualifiers(target, { FunctionName }, signal) {
      const context = await createReadContext(target, { signal, FunctionName });
      const { listQualifiers } = await import('./functions.ts');
      return runRead(context, listQualifiers(context, FunctionName));
    },
    async listStackFunctions(target, stackName, signal) {
      const context = await createReadContext(target, { signal });
      const { listStackFunctions } = await import('./stacks.ts');
      return runRead(context, listStackFunctions(context, stackName));
    },
    logs: {
      async filterLogEvents(target, query, onPage, signal) {
        const { filterLogEvents } = await import('./logs/filterLogEvents.ts');
        const logsRegion = logGroupRegion(query.logGroup);
        await filterLogEvents(() => createReadContext(target, { signal, logsRegion }), query, onPage);
      },
      async startLiveTail(target, query, onUpdate, signal) {
        const logsRegion = logGroupRegion(query.logGroupArns[0] ?? '');
        const context = await createReadContext(target, { signal, logsRegion });
        const { startLiveTail } = await import('./logs/liveTail.ts');
        await runRead(context, startLiveTail(context, query, onUpdate));
      },
    },
  };
}
