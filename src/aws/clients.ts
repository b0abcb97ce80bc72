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

/** Reading may be sent again: it changes nothing. Invoke never is. */
const READ_ATTEMPTS = 3;

export interface ClientsOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly askMfaCode: AskMfaCode;
  readonly network: () => NetworkSettings;
  readonly limits?: Partial<NetworkLimits>;
}

/** A connection that can be used: the region is known. */
export type UsableConnection = AwsConnection & { readonly region: string };

/** What the clients of other services are made with. */
export interface ServiceConfig extends ServiceOptions {
  readonly region: string;
  readonly credentials: Credentials;
  readonly requestHandler: RequestHandler;
  readonly maxAttempts: number;
}

/**
 * One client for each connection, kept: a new one for each call costs about half a millisecond. The client that invokes
 * never sends a request twice (`maxAttempts: 1`) and has no timeout of its own below Lambda's 15 minutes.
 */
export function createClients({ environment, askMfaCode, network, limits }: ClientsOptions) {
  const networks = createNetworks({ environment, limits });
  const store = createCredentialsStore();
  const callers = createCallers();
  const clients = new Map<string, LambdaClient>();
  let local: { readonly key: string; readonly client: LambdaClient } | undefined;
  let lastNetwork = '';

  /** The network's settings as part of a client's key. Settings that changed may have held a proxy's password. */
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
    const found = networks.networkFor(network(), caBundle);
    found.closeStaleSockets();
    return found;
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
    /** Makes calls for a caller, which can leave credentials that others still wait for and hears of questions. */
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
      local = { key, client }; // each start has new keys: the previous ones are dropped
      return client;
    },
    /** For the client of another service, with the same credentials and the same way through the network. */
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
    /** The access key that was used last for a connection, as far as one was needed. */
    lastKeyId: (connection: AwsConnection, config: AwsConfig) =>
      store.lastKeyId(credentialsKey(connection, config, environment)),
    /** The same, after its credentials were found out where they are not held or expire. */
    async resolveKeyId(connection: AwsConnection, config: AwsConfig): Promise<string> {
      return (await credentialsOf(connection, config)()).accessKeyId;
    },
    /** The connection's credentials are found out anew for the next request; those of others stay. */
    forget(connection: AwsConnection, config: AwsConfig): void {
      const key = credentialsKey(connection, config, environment);
      store.forget(key);
      dropClients(key);
    },
    /** Drops what was made with credentials that the files no longer name. Answers with the keys of these credentials. */
    forgetChanged(config: AwsConfig): string[] {
      const changed = store.forgetChanged(config, environment);
      for (const key of changed) dropClients(key);
      return changed;
    },
  };
}

export type Clients = ReturnType<typeof createClients>;
