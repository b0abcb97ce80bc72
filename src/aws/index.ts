import type { Connection, ConnectionView } from '../core/connection.ts';
import { parseFunctionName } from '../core/functionName.ts';
import { InvokeError } from '../core/invokeError.ts';
import type { Invoke, InvokeOptions, InvokeRequest, InvokeTarget } from '../core/invokeRequest.ts';
import { message } from '../core/messages.ts';
import { findAwsConnection, type AwsConnection } from './awsConnection.ts';
import { createLambdaClients, type ClientLimits } from './lambdaClients.ts';
import { sendInvoke, type Sending } from './lambdaInvoker.ts';
import { sendStream } from './lambdaStreamer.ts';
import { rehearse } from './rehearsal.ts';
import { readSharedConfig, sharedConfigStamp } from './sharedConfig.ts';

/** Everything of AWS that the rest of the extension uses. Its bundle is loaded when it is first needed. */
export interface Aws {
  readonly invoke: Invoke;
  /** A connection with the region and endpoint that count for it now. Rejects with InvokeError. */
  readonly describe: (target: Extract<InvokeTarget, { kind: 'aws' }>) => Promise<ConnectionView>;
  /** Makes the first invocation as quick as the next ones; sends nothing, and looks for no credentials. */
  readonly rehearse: () => Promise<void>;
  /** The names of all profiles, in the order of the files. */
  listProfiles(): Promise<string[]>;
}

function send(request: InvokeRequest, sending: Sending, onChunk: InvokeOptions['onChunk']) {
  return request.InvokeMode === 'RESPONSE_STREAM'
    ? sendStream(request, sending, onChunk ?? (() => Promise.resolve()))
    : sendInvoke(request, sending);
}

function view({ profile, region, endpoint }: AwsConnection): ConnectionView {
  return {
    kind: 'aws',
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint: endpoint.url, endpointFrom: endpoint.from }),
  };
}

/**
 * The use of AWS through the SDK. Config files and the environment are read at each call, so that edits count at once;
 * credentials are resolved when a request is signed, never earlier.
 */
export function createAws(environment: NodeJS.ProcessEnv, limits: ClientLimits = {}): Aws {
  const clients = createLambdaClients(limits);

  async function resolve(target: Extract<Connection, { kind: 'aws' }> & { endpoint?: string }, arnRegion?: string) {
    const config = await readSharedConfig(environment);
    return findAwsConnection({ connection: target, arnRegion, endpointSetting: target.endpoint }, config, environment);
  }

  async function stampOf(): Promise<string> {
    const variables = Object.entries(environment).filter(([name]) => name.startsWith('AWS_'));
    return `${await sharedConfigStamp(environment)}\n${JSON.stringify(variables)}`;
  }

  return {
    async invoke(request, { target, signal, onChunk }) {
      if (target.kind === 'local') {
        const { address } = target;
        const { endpoint } = address;
        const sending = {
          client: clients.forLocal(address),
          follow: clients.follow,
          connection: { kind: 'local' },
          credentials: 'Local',
          endpoint,
          signal,
        } as const;
        return send(request, sending, onChunk);
      }
      const connection = await resolve(target, parseFunctionName(request.FunctionName)?.region);
      const { region, endpoint, profile } = connection;
      if (region === undefined) throw new InvokeError(message('regionMissing'));
      const sending = {
        client: clients.forAws({ ...connection, region }, await stampOf()),
        follow: clients.follow,
        connection: view(connection),
        credentials: profile === undefined ? 'the default chain' : `profile ${profile}`,
        endpoint: endpoint?.url ?? `Lambda in ${region}`,
        signal,
      };
      return send(request, sending, onChunk);
    },
    describe: async (target) => view(await resolve(target)),
    rehearse,
    listProfiles: async () => Object.keys((await readSharedConfig(environment)).profiles),
  };
}
