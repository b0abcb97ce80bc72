import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { InvokeError } from '../core/invokeError.ts';
import { message } from '../core/messages.ts';
import {
  dropsStale,
  KEEP_ALIVE_MS,
  limitHandshake,
  type FreshAgents,
  type Freshness,
  type Trust,
} from './freshAgent.ts';

/** A proxy and how it is spoken to. Its address may hold credentials: it is never told with them. */
export interface Proxy {
  readonly url: URL;
  /** The value of Proxy-Authorization, where the settings have one. */
  readonly authorization: string;
}

type ConnectOptions = Parameters<HttpsProxyAgent<string>['connect']>[1];

/** What the proxy said to CONNECT. */
interface ConnectAnswer {
  readonly statusCode: number;
  readonly statusText: string;
}

/** A tunnel through the proxy: until TLS stands at its end, nothing of the request can have been sent. */
class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #freshness: Freshness;
  readonly #trust: Trust;

  constructor({ url, authorization }: Proxy, freshness: Freshness, trust: Trust) {
    super(url.href, {
      keepAlive: true,
      keepAliveMsecs: KEEP_ALIVE_MS,
      ...trust,
      ...(authorization !== '' && { headers: { 'Proxy-Authorization': authorization } }),
    });
    this.#freshness = freshness;
    this.#trust = trust;
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    const passage = this.#freshness.passages.getStore();
    if (passage !== undefined) passage.isConnecting = true;
    let refused: string | undefined;
    request.once('proxyConnect', ({ statusCode, statusText }: ConnectAnswer) => {
      if (statusCode !== 200) refused = `${statusCode} ${statusText}`.trim();
    });
    const socket = await super.connect(request, { ...options, ...this.#trust });
    if (refused !== undefined) {
      socket.destroy();
      throw new InvokeError(message('proxyRefused', this.proxy.host, options.host ?? '', refused));
    }
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    limitHandshake(socket, this.#freshness);
    if (passage !== undefined) {
      socket.once('secureConnect', () => {
        passage.isConnecting = false;
      });
    }
    return socket;
  }
}

/** Keep-alive agents that go through a proxy: a tunnel (CONNECT) for https, whole addresses for http. */
export function createProxyAgents(proxy: Proxy, freshness: Freshness, trust: Trust): FreshAgents {
  const { url, authorization } = proxy;
  const httpAgent = new HttpProxyAgent(url.href, {
    keepAlive: true,
    keepAliveMsecs: KEEP_ALIVE_MS,
    ...trust,
    ...(authorization !== '' && { headers: { 'Proxy-Authorization': authorization } }),
  });
  const httpsAgent = new TunnelAgent(proxy, freshness, trust);
  return { httpAgent, httpsAgent, dropStale: dropsStale([httpAgent, httpsAgent], freshness.now) };
}
