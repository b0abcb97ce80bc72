import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agent } from 'node:http';
import type { HttpRequest } from '@smithy/core/protocols';
import { getProxyForUrl } from 'proxy-from-env';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { NetworkSettings } from '../../core/connection/networkSettings.ts';
import { createTrust, type CertificateFile } from './certificates.ts';
import {
  createKeepAliveAgents,
  trackIdleSockets,
  type KeepAliveAgents,
  type AgentOptions,
  type Trust,
} from './keepAliveAgents.ts';
import { exchange, type HttpExchange, type OutgoingRequest } from './httpExchange.ts';
import type { RequestProgress } from '../requestProgress.ts';
import type { Proxy } from './proxyAgents.ts';
import { createReadHandler } from './readHandler.ts';
import {
  NETWORK_LIMITS,
  signalOf,
  type HandleOptions,
  type NetworkLimits,
  type RequestHandler,
} from './requestHandler.ts';

export interface NetworkOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly limits?: Partial<NetworkLimits> | undefined;
}

/** Sends requests directly or through the proxy that is configured for the address. */
export interface Network extends RequestHandler {
  /** For read-only requests, which have a timeout that includes the response body. */
  readonly readHandler: RequestHandler;
  closeStaleSockets(): void;
}

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;

function isExempt(host: string, port: number | undefined, noProxy: readonly string[]): boolean {
  return noProxy.some((entry) => {
    const [name = '', entryPort] = entry.trim().toLowerCase().split(':');
    if (name === '' || (entryPort !== undefined && entryPort !== String(port ?? 443))) return false;
    const suffix = name.replace(/^\*?\.?/, '');
    return name === '*' || host === suffix || host.endsWith(`.${suffix}`);
  });
}

/** Whether the user name and password are valid percent-encoding. */
function canDecode({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(`${username}${password}`) !== undefined;
  } catch {
    return false;
  }
}

/**
 * The proxy for an address: `http.proxy`, or else HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY of the environment.
 * Never a proxy for loopback. Throws InvokeError if the proxy's URL is invalid.
 */
export function proxyFor(
  address: { readonly protocol: string; readonly hostname: string; readonly port?: number | undefined },
  { proxy, noProxy, proxyAuthorization, usesProxy }: NetworkSettings,
): Proxy | undefined {
  const host = address.hostname.toLowerCase();
  if (!usesProxy || LOOPBACK.test(host) || isExempt(host, address.port, noProxy)) return undefined;
  const port = address.port === undefined ? '' : `:${address.port}`;
  const proxyUrl = proxy === '' ? getProxyForUrl(`${address.protocol}//${host}${port}/`) : proxy;
  if (proxyUrl === '') return undefined;
  // The message omits the URL, which may contain a password.
  const isReadable =
    URL.canParse(proxyUrl) && /^https?:$/.test(new URL(proxyUrl).protocol) && canDecode(new URL(proxyUrl));
  if (!isReadable) throw new InvokeError(message('proxyInvalid', proxy === '' ? 'environment' : 'http.proxy'));
  return { url: new URL(proxyUrl), authorization: proxyAuthorization };
}

/** A request in absolute form, as a proxy expects it without a tunnel. */
function toProxyRequest(request: OutgoingRequest, proxy: Proxy, authorization: string | undefined): OutgoingRequest {
  const { protocol, hostname, port, path, method, query } = request;
  const { url } = proxy;
  return {
    method,
    query,
    body: request.body,
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    path: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`,
    headers: { ...request.headers, ...(authorization !== undefined && { 'Proxy-Authorization': authorization }) },
  };
}

/** Creates the networks of a process and tracks the progress of each request. */
export function createNetworks({ environment, limits: overrides = {} }: NetworkOptions) {
  const limits = { ...NETWORK_LIMITS, ...overrides };
  const { connectionTimeoutMs } = limits;
  const progresses = new AsyncLocalStorage<RequestProgress>();
  const signals = new AsyncLocalStorage<AbortSignal | undefined>();
  const agentOptions: AgentOptions = { progresses, connectionTimeoutMs };
  const networks = new Map<string, Network>();
  let lastSettings = '';

  function createNetwork(settings: NetworkSettings, bundle: CertificateFile | undefined): Network {
    const usesSystem = settings.usesSystemCertificates;
    const plain = createKeepAliveAgents(agentOptions);
    const all: Pick<KeepAliveAgents, 'closeStaleSockets'>[] = [plain];
    let trust: Promise<Trust> | undefined;
    const getTrust = () =>
      (trust ??= createTrust({ usesSystem, bundle }, environment).then((secureContext) => ({
        secureContext,
        rejectUnauthorized: settings.isStrict,
      })));
    const agents = new Map<string, Promise<Agent>>();

    async function createAgent(proxy: Proxy | undefined, isTunnel: boolean): Promise<Agent> {
      const certificates = await getTrust();
      if (proxy === undefined || !isTunnel) {
        const direct = createKeepAliveAgents(agentOptions, certificates);
        all.push(direct);
        return direct.httpsAgent;
      }
      const { TunnelAgent } = await import('./proxyAgents.ts');
      const tunnels = new TunnelAgent({ proxy, agentOptions, trust: certificates, signals });
      all.push({ closeStaleSockets: trackIdleSockets([tunnels]) });
      return tunnels;
    }

    async function agentFor(proxy: Proxy | undefined, isTunnel: boolean): Promise<Agent> {
      const key = `${isTunnel} ${proxy?.url.href ?? ''}`;
      const agent = agents.get(key) ?? createAgent(proxy, isTunnel);
      agents.set(key, agent);
      // Retry the certificate bundle on the next request.
      return agent.catch((error: unknown) => {
        agents.delete(key);
        trust = undefined;
        throw error;
      });
    }

    async function handle(request: HttpRequest, options: HandleOptions = {}): Promise<HttpExchange> {
      const signal = signalOf(options);
      const proxy = proxyFor(request, settings);
      const isTunnel = proxy !== undefined && request.protocol === 'https:';
      let outgoing: OutgoingRequest = request;
      if (proxy !== undefined && !isTunnel) {
        const { proxyAuthorization } = await import('./proxyAgents.ts');
        outgoing = toProxyRequest(request, proxy, proxyAuthorization(proxy));
      }
      const agent = outgoing.protocol === 'http:' ? plain.httpAgent : await agentFor(proxy, isTunnel);
      return signals.run(signal, () => exchange(outgoing, { agent, signal, ...limits }));
    }

    return {
      handle,
      readHandler: createReadHandler(handle, limits),
      closeStaleSockets() {
        for (const each of all) each.closeStaleSockets();
      },
    };
  }

  return {
    readMs: limits.readMs,
    /** Runs a request and records the state of its connection in `progress`. */
    track: <T>(progress: RequestProgress, send: () => Promise<T>): Promise<T> =>
      progresses.run(progress, send).finally(() => {
        delete progress.onHandedOver;
        delete progress.stopReading; // modules loaded meanwhile retain `progress`, and with it the request's headers
      }),
    /** The network for these settings, created once and cached. */
    networkFor(settings: NetworkSettings, bundle?: CertificateFile): Network {
      const serialized = JSON.stringify(settings);
      // Drop networks with outdated settings, which may contain a proxy password.
      if (serialized !== lastSettings) networks.clear();
      lastSettings = serialized;
      const key = JSON.stringify([serialized, bundle]);
      const network = networks.get(key) ?? createNetwork(settings, bundle);
      networks.set(key, network);
      return network;
    },
  };
}
