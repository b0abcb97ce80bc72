import { AsyncLocalStorage } from 'node:async_hooks';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { getProxyForUrl } from 'proxy-from-env';
import { InvokeError } from '../core/invokeError.ts';
import { message } from '../core/messages.ts';
import type { NetworkSettings } from '../core/networkSettings.ts';
import { createTrust, type CertificateFile } from './certificates.ts';
import { createFreshAgents, type FreshAgents, type Freshness, type Trust } from './freshAgent.ts';
import type { Passage } from './passage.ts';
import type { Proxy } from './proxyAgents.ts';

/** A connection that cannot be made in 10 s has carried nothing; after it, a function may stay silent for 15 minutes. */
const CONNECTION_TIMEOUT_MS = 10_000;

export interface NetworkOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** How long a connection may take to stand, in milliseconds; 10,000 without it. */
  readonly connectionTimeoutMs?: number;
}

/** How requests are sent: to the server itself, or through the proxy that counts for its address. */
export interface Network {
  readonly handle: NodeHttpHandler['handle'];
  dropStale(): void;
}

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;

function isExempt(host: string, port: number | undefined, noProxy: readonly string[]): boolean {
  return noProxy.some((entry) => {
    const [name = '', only] = entry.trim().toLowerCase().split(':');
    if (name === '' || (only !== undefined && only !== String(port ?? 443))) return false;
    const suffix = name.replace(/^\*?\.?/, '');
    return name === '*' || host === suffix || host.endsWith(`.${suffix}`);
  });
}

/** Whether name and password are encoded as an address wants it. */
function canDecode({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(`${username}${password}`) !== undefined;
  } catch {
    return false;
  }
}

/**
 * The proxy for an address: `http.proxy`, else what the environment's HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY
 * say; never one for loopback. Throws InvokeError for a proxy whose address cannot be read.
 */
export function proxyFor(
  address: { readonly protocol: string; readonly hostname: string; readonly port?: number | undefined },
  { proxy, noProxy, proxyAuthorization, usesProxy }: NetworkSettings,
): Proxy | undefined {
  const host = address.hostname.toLowerCase();
  if (!usesProxy || LOOPBACK.test(host) || isExempt(host, address.port, noProxy)) return undefined;
  const port = address.port === undefined ? '' : `:${address.port}`;
  const found = proxy === '' ? getProxyForUrl(`${address.protocol}//${host}${port}/`) : proxy;
  if (found === '') return undefined;
  // The address is not told: it may hold a password.
  const isReadable = URL.canParse(found) && /^https?:$/.test(new URL(found).protocol) && canDecode(new URL(found));
  if (!isReadable) throw new InvokeError(message('proxyInvalid', proxy === '' ? 'environment' : 'http.proxy'));
  return { url: new URL(found), authorization: proxyAuthorization };
}

/** What the requests of one process share: the passage that each of them is followed by. */
export function createNetworks({ environment, connectionTimeoutMs = CONNECTION_TIMEOUT_MS }: NetworkOptions) {
  const passages = new AsyncLocalStorage<Passage>();
  const freshness: Freshness = { passages, connectionTimeoutMs };
  const known = new Map<string, Network>();
  let lastSettings = '';
  const handlerOf = (agents: FreshAgents) =>
    new NodeHttpHandler({ ...agents, connectionTimeout: connectionTimeoutMs, socketTimeout: 0 });

  function createNetwork(settings: NetworkSettings, bundle: CertificateFile | undefined): Network {
    const usesSystem = settings.usesSystemCertificates;
    const plain = createFreshAgents(freshness);
    const plainHandler = handlerOf(plain);
    const all = [plain];
    let trust: Promise<Trust> | undefined;
    const trusted = () =>
      (trust ??= createTrust({ usesSystem, bundle }, environment).then((secureContext) => ({
        secureContext,
        rejectUnauthorized: settings.isStrict,
      })));
    const handlers = new Map<string, Promise<NodeHttpHandler>>();

    async function create(proxy: Proxy | undefined): Promise<NodeHttpHandler> {
      const certificates = await trusted();
      const agents =
        proxy === undefined
          ? createFreshAgents(freshness, certificates)
          : (await import('./proxyAgents.ts')).createProxyAgents(proxy, freshness, certificates);
      all.push(agents);
      return handlerOf(agents);
    }

    return {
      async handle(request, options) {
        const proxy = proxyFor(request, settings);
        if (proxy === undefined && request.protocol === 'http:') return plainHandler.handle(request, options);
        const key = proxy?.url.href ?? '';
        const handler = handlers.get(key) ?? create(proxy);
        handlers.set(key, handler);
        try {
          return await (await handler).handle(request, options);
        } catch (error) {
          // A bundle that can be read by now is read.
          await handler.catch(() => {
            handlers.delete(key);
            trust = undefined;
          });
          throw error;
        }
      },
      dropStale() {
        for (const agents of all) agents.dropStale();
      },
    };
  }

  return {
    /** Runs a request so that the state of its connection is written into its passage. */
    follow: <T>(passage: Passage, send: () => Promise<T>): Promise<T> =>
      passages.run(passage, send).finally(() => {
        delete passage.stopReading; // what was loaded meanwhile remembers the passage, and with it the request's headers
      }),
    /** The network that these settings describe; one for each, kept. */
    networkFor(settings: NetworkSettings, bundle?: CertificateFile): Network {
      const now = JSON.stringify(settings);
      // Settings that changed may have held a proxy's password.
      if (now !== lastSettings) known.clear();
      lastSettings = now;
      const key = JSON.stringify([now, bundle]);
      const network = known.get(key) ?? createNetwork(settings, bundle);
      known.set(key, network);
      return network;
    },
  };
}
