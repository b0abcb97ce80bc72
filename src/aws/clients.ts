import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { AwsConfig } from '../core/connection/profile.ts';
import type { LocalAddress } from '../core/invocation/invokeRequest.ts';
import type { NetworkSettings } from '../core/connection/networkSettings.ts';
import type { AwsConnection } from './awsConnection.ts';
import { createCallers, type Caller } from './credentials/callers.ts';
import {
  createCredentialsStore,
  credentialsKey,
  type AskMfaCode,
  type Credentials,
} from './credentials/credentials.ts';
import {
  fixedOptions,
  optionsFor,
  serviceOptions,
  type Configuration,
  type Service,
  type ServiceOptions,
} from './endpoints.ts';
import { createNetworks, type Network } from './http/network.ts';
import type { NetworkLimits, RequestHandler } from './http/requestHandler.ts';

/** Read operations are safe to retry. Invoke isn't, and is never retried by the SDK. */
const READ_ATTEMPTS = 3;

export interface ClientsOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly askMfaCode: AskMfaCode;
  readonly network: () => NetworkSettings;
  readonly limits?: Partial<NetworkLimits>;
}

/** A connection with a known region, as clients require. */
export type UsableConnection = AwsConnection & { readonly region: string };

/** The client options of services other than Lambda. */
export interface ServiceConfig extends ServiceOptions {
  readonly region: string;
  readonly credentials: Credentials;
  readonly requestHandler: RequestHandler;
  readonly maxAttempts: number;
}

/**
 * Creates and caches one client per connection; creating one per call costs about 0.5 ms. The client for invocations
 * never retries (`maxAttempts: 1`) and has no timeout below Lambda's 15 minutes.
 */
export function createClients({ environment, askMfaCode, network, limits }: ClientsOptions) {
  const networks = createNetworks({ environment, limits });
  const store = createCredentialsStore();
  const callers = createCallers();
  const clients = new Map<string, LambdaClient>();
  let local: { readonly key: string; readonly client: LambdaClient } | undefined;
  let lastNetwork = '';

  /**
   * The network settings as part of a client's cache key. Changed settings drop all clients: they may contain a proxy
   * password.
   */
  function networkKey(): string {
    const serialized = JSON.stringify(network());
    if (serialized !== lastNetwork) clients.clear();
    lastNetwork = serialized;
    return serialized;
  }

  function dropClients(key: string): void {
    for (const known of clients.keys()) if (known.includes(key)) clients.delete(known);
  }

  function clientFor(key: string, config: () => LambdaClientConfig & { requestHandler: RequestHandler }): LambdaClient {
    const known = clients.get(key);
    if (known !== undefined) return known;
    const client = new LambdaClient({ maxAttempts: 1, ...config() });
    clients.set(key, client);
    return client;
  }

  function networkOf({ caBundle }: AwsConnection): Network {
    const selected = networks.networkFor(network(), caBundle);
    selected.closeStaleSockets();
    return selected;
  }

  function configurationOf({ profileName: profile }: AwsConnection, config: AwsConfig): Configuration {
    return { profile, config, environment };
  }

  function credentialsOf(connection: AwsConnection, config: AwsConfig): Credentials {
    return store.get(connection, {
      config,
      network: () => networkOf(connection).readHandler,
      environment,
      askMfaCode,
      callers,
    });
  }

  function lambda(connection: UsableConnection, config: AwsConfig, purpose: 'invoke' | 'read'): LambdaClient {
    const handler = networkOf(connection);
    const key = [purpose, connection, networkKey(), credentialsKey(connection, config, environment)];
    return clientFor(JSON.stringify(key), () => ({
      region: connection.region,
      requestHandler: purpose === 'read' ? handler.readHandler : handler,
      credentials: credentialsOf(connection, config),
      ...(purpose === 'read' && { maxAttempts: READ_ATTEMPTS }),
      ...optionsFor(connection.endpoint, configurationOf(connection, config)),
      ...connection.variants,
    }));
  }

  return {
    track: networks.track,
    readMs: networks.readMs,
    /** Runs a call on behalf of a caller, which can stop waiting for shared credentials and is notified of prompts. */
    runAs: <T>(caller: Caller, call: () => Promise<T>): Promise<T> => callers.run(caller, call),
    lambda,
    local({ endpoint, accessKeyId, secretAccessKey }: LocalAddress): LambdaClient {
      const key = JSON.stringify([endpoint, accessKeyId, network()]);
      if (local?.key === key) return local.client;
      const client = new LambdaClient({
        maxAttempts: 1,
        region: 'us-east-1',
        requestHandler: networks.networkFor(network()),
        ...fixedOptions(endpoint),
        credentials: { accessKeyId, secretAccessKey },
      });
      local = { key, client }; // drops the previous client: each start of the endpoint has new keys
      return client;
    },
    /** The options for another service's client, with the connection's credentials and network. */
    service(name: Exclude<Service, 'lambda'>, connection: UsableConnection, config: AwsConfig): ServiceConfig {
      const handler = networkOf(connection);
      const configuration = configurationOf(connection, config);
      return {
        ...(connection.isCustomEndpoint
          ? optionsFor(connection.endpoint, configuration)
          : serviceOptions(name, configuration)),
        region: connection.region,
        credentials: credentialsOf(connection, config),
        requestHandler: handler.readHandler,
        maxAttempts: READ_ATTEMPTS,
      };
    },
    networkOf,
    /** The access key ID last used for a connection; undefined if its credentials haven't been resolved. */
    lastKeyId: (connection: AwsConnection, config: AwsConfig) =>
      store.lastKeyId(credentialsKey(connection, config, environment)),
    /** The access key ID of a connection, resolving its credentials if they aren't cached or have expired. */
    async resolveKeyId(connection: AwsConnection, config: AwsConfig): Promise<string> {
      return (await credentialsOf(connection, config)()).accessKeyId;
    },
    /** Drops a connection's cached credentials, so that the next request resolves them again. */
    forget(connection: AwsConnection, config: AwsConfig): void {
      const key = credentialsKey(connection, config, environment);
      store.forget(key);
      dropClients(key);
    },
    /**
     * Drops credentials that the files no longer define, and their clients. Returns the cache keys of the credentials.
     */
    forgetChanged(config: AwsConfig): string[] {
      const changed = store.forgetChanged(config, environment);
      for (const key of changed) dropClients(key);
      return changed;
    },
  };
}

export type Clients = ReturnType<typeof createClients>;
