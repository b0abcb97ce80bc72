import type { Aws, AwsTarget } from '../core/connection/aws.ts';
import {
  accountOfProfile,
  describeProfiles,
  signInOf,
  ssoSessionOf,
  type AwsConfig,
} from '../core/connection/profile.ts';
import type { CallerIdentity } from '../core/connection/callerIdentity.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import { shownAddress } from '../core/connection/endpointAddress.ts';
import { parseFunctionName } from '../core/functions/functionName.ts';
import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';
import type { InvokeOptions, InvokeRequest } from '../core/invocation/invokeRequest.ts';
import { message } from '../core/messages/messages.ts';
import type { OnPrompt } from '../core/async/promptTimer.ts';
import { DEFAULT_NETWORK, type NetworkSettings } from '../core/connection/networkSettings.ts';
import { describeChain, findAwsConnection, type AwsConnection } from './awsConnection.ts';
import { createClients, type UsableConnection } from './clients.ts';
import { credentialsKey, type AskMfaCode } from './credentials/credentials.ts';
import { serviceOptions } from './endpoints.ts';
import { sendInvoke, type SendContext } from './lambdaInvoker.ts';
import { sendStream } from './lambdaStreamer.ts';
import type { RequestProgress } from './requestProgress.ts';
import type { NetworkLimits } from './http/requestHandler.ts';
import type { ReadContext } from './read.ts';
import { warmUpSdk } from './sdkWarmUp.ts';
import type { createSharedLogin } from './credentials/sharedLogin.ts';
import { readSharedConfig } from './credentials/sharedConfig.ts';

interface ReadingChoices {
  readonly signal: AbortSignal;
  readonly FunctionName?: string;
  readonly onPrompt?: OnPrompt | undefined;
}

export interface AwsOptions {
  /** How long a connection may take to stand, in milliseconds; 10,000 without it. */
  readonly connectionTimeoutMs?: number;
  /** Other limits of the network; the usual ones without it. */
  readonly limits?: Partial<NetworkLimits>;
  readonly network?: () => NetworkSettings;
  readonly askMfaCode?: AskMfaCode;
}

function send(request: InvokeRequest, sending: SendContext, onChunk: InvokeOptions['onChunk']) {
  return request.InvokeMode === 'RESPONSE_STREAM'
    ? sendStream(request, sending, onChunk ?? (() => Promise.resolve()))
    : sendInvoke(request, sending);
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
    ...(endpoint !== undefined && { endpoint: shownAddress(endpoint.url), endpointFrom: endpoint.from }),
  };
}

function noMfa(serial: string): Promise<string> {
  return Promise.reject(new InvokeError(message('mfaCancelled', serial)));
}

/**
 * The use of AWS through the SDK. Config files, settings and the environment are read at each call, so that edits count
 * at once; credentials are resolved when a request is signed, never earlier, and held in memory only.
 */
export function createAws(environment: NodeJS.ProcessEnv, options: AwsOptions = {}): Aws {
  const { network = () => DEFAULT_NETWORK, askMfaCode = noMfa, connectionTimeoutMs, limits } = options;
  const clients = createClients({
    environment,
    network,
    askMfaCode,
    limits: { ...limits, ...(connectionTimeoutMs !== undefined && { connectionTimeoutMs }) },
  });
  let sharedLogin: Promise<ReturnType<typeof createSharedLogin>> | undefined;
  const identities = new Map<string, { readonly identity: CallerIdentity; readonly accessKeyId: string | undefined }>();

  /** Reads the config files; what was made with credentials that they no longer name goes. */
  async function readConfig(): Promise<AwsConfig> {
    // Cloned: a text cut out of a file would keep the whole file, and everybody's keys, in memory.
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
      connection: findAwsConnection({ connection: target, arnRegion, endpointSetting }, config, environment),
    };
  }

  async function usable(target: AwsTarget, arnRegion?: string) {
    const { config, connection } = await resolve(target, arnRegion);
    const { region } = connection;
    if (region === undefined) throw new InvokeError(message('regionMissing'));
    return { config, connection: { ...connection, region } satisfies UsableConnection };
  }

  const credentialsName = ({ profile }: AwsConnection) =>
    profile === undefined ? 'the default chain' : `profile ${profile}`;

  /** Keys of the environment need no sign-in, whatever the profile beside them says. */
  const neededSignIn = ({ profileName, credentialsSource }: AwsConnection, config: AwsConfig) =>
    credentialsSource === 'profile' ? signInOf(profileName, config) : undefined;

  /** Who the credentials are depends on who is asked: an emulator has an account of its own. */
  const identityKey = (connection: AwsConnection, config: AwsConfig) =>
    `${connection.isElsewhere ? (connection.endpoint?.url ?? '') : ''} ${credentialsKey(connection, config, environment)}`;

  /** Who was found, as long as the same keys are used: a process may give another account's by now. */
  function knownIdentity(connection: AwsConnection, config: AwsConfig): CallerIdentity | undefined {
    const known = identities.get(identityKey(connection, config));
    return known?.accessKeyId === clients.lastKeyId(connection, config) ? known?.identity : undefined;
  }

  /** Credentials that AWS did not accept are asked for anew: the files may be the same, and the keys others. */
  async function forgetting<T>(connection: AwsConnection, config: AwsConfig, doing: Promise<T>): Promise<T> {
    return doing.catch((error: unknown) => {
      if (isInvokeError(error) && error.reason.code === 'credentialsRefused') {
        clients.forget(connection, config);
        identities.delete(identityKey(connection, config));
      }
      throw error;
    });
  }

  /** Reads with what was found for it. */
  const reads = <T>(asked: ReadContext, doing: Promise<T>) => forgetting(asked.connection, asked.config, doing);

  async function reading(
    target: AwsTarget,
    { signal, FunctionName = '', onPrompt }: ReadingChoices,
  ): Promise<ReadContext> {
    const { config, connection } = await usable(target, parseFunctionName(FunctionName)?.region);
    const signIn = neededSignIn(connection, config);
    return { clients, config, connection, signIn, credentials: credentialsName(connection), signal, onPrompt };
  }

  return {
    async invoke(request, { target, signal, onChunk, onPrompt }) {
      if (target.kind === 'local') {
        const { address } = target;
        const { endpoint } = address;
        const sending = {
          client: clients.local(address),
          follow: clients.follow,
          connection: { kind: 'local' },
          credentials: 'Local',
          endpoint,
          signal,
          dryRunMs: clients.readMs,
        } as const;
        return send(request, sending, onChunk);
      }
      const { config, connection } = await usable(target, parseFunctionName(request.FunctionName)?.region);
      const { region, endpoint } = connection;
      const sending = {
        client: clients.lambda(connection, config, 'invoke'),
        follow: <T>(progress: RequestProgress, call: () => Promise<T>) =>
          clients.as({ signal, onPrompt }, () => clients.follow(progress, call)),
        connection: view(connection, environment),
        credentials: credentialsName(connection),
        profile: connection.profileName,
        signIn: neededSignIn(connection, config),
        endpoint: endpoint === undefined ? `Lambda in ${region}` : shownAddress(endpoint.url),
        signal,
        dryRunMs: clients.readMs,
      };
      return forgetting(connection, config, send(request, sending, onChunk));
    },
    async describe(target) {
      const { config, connection } = await resolve(target);
      const known = knownIdentity(connection, config);
      const isOfProfile = connection.credentialsSource === 'profile';
      const accountId =
        known?.accountId ?? (isOfProfile ? accountOfProfile(connection.profileName, config) : undefined);
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
      return { profiles: describeProfiles(config), problems: problems.map(({ message: said }) => said) };
    },
    async readIdentity(target, signal, onPrompt) {
      const asked = await reading(target, { signal, onPrompt });
      const { connection, config } = asked;
      // What fails here is told by the question itself.
      if (identities.has(identityKey(connection, config))) {
        await clients.as({ signal, onPrompt }, () => clients.lastKeyIdNow(connection, config)).catch(() => undefined);
      }
      const known = knownIdentity(connection, config);
      if (known !== undefined) return known;
      const identity = await reads(
        asked,
        import('./credentials/identity.ts').then(({ readIdentity }) => readIdentity(asked)),
      );
      identities.set(identityKey(connection, config), { identity, accessKeyId: clients.lastKeyId(connection, config) });
      return identity;
    },
    async logIn(profile, { signal, onPrompt }) {
      const { config, connection } = await resolve({ kind: 'aws', ...(profile !== undefined && { profile }) });
      const session = ssoSessionOf(connection.profileName, config);
      if (session === undefined) throw new InvokeError(message('ssoNone', credentialsName(connection)));
      sharedLogin ??= import('./credentials/sharedLogin.ts').then(({ createSharedLogin }) => createSharedLogin());
      const logIn = await sharedLogin;
      const service = serviceOptions('sso_oidc', { profile: connection.profileName, config, environment });
      const handler = clients.networkOf(connection);
      await logIn(session, { network: handler.reads, service, environment, signal, onPrompt });
      clients.forget(connection, config); // another person may have signed in
    },
    async listFunctions(target, onPage, signal) {
      const asked = await reading(target, { signal });
      await reads(
        asked,
        import('./functions.ts').then(({ listFunctions }) => listFunctions(asked, onPage)),
      );
    },
    async readFunction(target, { FunctionName, Qualifier }, signal) {
      const asked = await reading(target, { signal, FunctionName });
      const { readFunction } = await import('./functions.ts');
      return reads(asked, readFunction(asked, FunctionName, Qualifier));
    },
    async listQualifiers(target, { FunctionName }, signal) {
      const asked = await reading(target, { signal, FunctionName });
      const { listQualifiers } = await import('./functions.ts');
      return reads(asked, listQualifiers(asked, FunctionName));
    },
    async listStackFunctions(target, stackName, signal) {
      const asked = await reading(target, { signal });
      const { listStackFunctions } = await import('./stacks.ts');
      return reads(asked, listStackFunctions(asked, stackName));
    },
  };
}
