import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { LocalAddress } from '../core/invokeRequest.ts';
import type { AwsConnection } from './awsConnection.ts';
import { createFreshAgents } from './freshAgent.ts';

/** A connection that cannot be made in 10 s has carried nothing; after it, a function may stay silent for 15 minutes. */
const CONNECTION_TIMEOUT_MS = 10_000;

export interface ClientLimits {
  /** How long a connection may take to stand, in milliseconds; 10,000 without it. */
  readonly connectionTimeoutMs?: number;
}

const NO_VARIANTS = { useFipsEndpoint: false, useDualstackEndpoint: false } as const;

function credentialsOf({ profile, region }: AwsConnection): NonNullable<LambdaClientConfig['credentials']> {
  const clientConfig = region === undefined ? {} : { region };
  // A chosen profile is that profile or nothing: the chain would go on to other sources when it is broken.
  return profile === undefined
    ? fromNodeProviderChain({ clientConfig, ignoreCache: true })
    : fromIni({ profile, clientConfig, ignoreCache: true });
}

/**
 * One client for each connection, kept: a new one for each call costs about half a millisecond. Clients never send a
 * request twice (`maxAttempts: 1`) and have no timeout of their own below Lambda's 15 minutes.
 */
export function createLambdaClients({ connectionTimeoutMs = CONNECTION_TIMEOUT_MS }: ClientLimits) {
  const agents = createFreshAgents();
  const clients = new Map<string, LambdaClient>();
  const requestHandler = new NodeHttpHandler({ ...agents, connectionTimeout: connectionTimeoutMs, socketTimeout: 0 });

  function clientFor(key: string, config: () => LambdaClientConfig): LambdaClient {
    agents.dropStale();
    const known = clients.get(key);
    if (known !== undefined) return known;
    const client = new LambdaClient({ maxAttempts: 1, requestHandler, ...config() });
    clients.set(key, client);
    return client;
  }

  return {
    follow: agents.follow,
    /** `stamp` tells the state of the config files and the environment: a new one means new credentials. */
    forAws(connection: AwsConnection & { readonly region: string }, stamp: string): LambdaClient {
      return clientFor(JSON.stringify([connection, stamp]), () => ({
        region: connection.region,
        credentials: credentialsOf(connection),
        ...(connection.profile !== undefined && { profile: connection.profile }),
        // With an endpoint of its own there is no other variant of it, whatever the environment asks for.
        ...(connection.endpoint !== undefined && { endpoint: connection.endpoint.url, ...NO_VARIANTS }),
      }));
    },
    forLocal({ endpoint, accessKeyId, secretAccessKey }: LocalAddress): LambdaClient {
      return clientFor(JSON.stringify([endpoint, accessKeyId]), () => ({
        region: 'us-east-1',
        endpoint,
        ...NO_VARIANTS,
        credentials: { accessKeyId, secretAccessKey },
      }));
    },
  };
}
