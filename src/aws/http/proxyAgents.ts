import type { AsyncLocalStorage } from 'node:async_hooks';
import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as tlsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { KEEP_ALIVE_MS, limitConnecting, type AgentOptions, type Trust } from './keepAliveAgents.ts';

/** A proxy and its authorization. The URL may contain credentials: never show it. */
export interface Proxy {
  readonly url: URL;
  /** The configured value of Proxy-Authorization; empty if there is none. */
  readonly authorization: string;
}

/** The options that Node.js agents pass to `createConnection`, as far as they are used here. */
interface ConnectOptions {
  readonly host?: string | null;
  readonly port?: number | string | null;
  readonly servername?: string;
}

type ConnectCallback = (error: Error | null, socket?: Duplex) => void;

/** The value of Proxy-Authorization: the configured one, or Basic authentication with the credentials in the URL. */
export function proxyAuthorization({ url, authorization }: Proxy): string | undefined {
  if (authorization !== '') return authorization;
  if (url.username === '' && url.password === '') return undefined;
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function requestTunnel(proxy: Proxy, target: string, trust: Trust): ClientRequest {
  const { protocol, hostname, port } = proxy.url;
  const authorization = proxyAuthorization(proxy);
  return (protocol === 'https:' ? tlsRequest : plainRequest)({
    ...trust,
    agent: false,
    method: 'CONNECT',
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    path: target,
    headers: { Host: target, ...(authorization !== undefined && { 'Proxy-Authorization': authorization }) },
  });
}

interface Tunnel {
  readonly proxy: Proxy;
  readonly host: string;
  readonly target: string;
  readonly trust: Trust;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Opens a tunnel through the proxy. Failure, timeout and abort all close the proxy socket. */
function openTunnel({ proxy, host, target, trust, timeoutMs, signal }: Tunnel): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const request = requestTunnel(proxy, target, trust);
    const fail = (error: Error) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      request.destroy();
      reject(error);
    };
    const failBeforeSending = (text: string, code: string) =>
      fail(Object.assign(new Error(`the proxy ${proxy.url.host} ${text}`), { code, syscall: 'connect' }));
    const abort = () => failBeforeSending('was canceled', 'ECANCELED');
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => failBeforeSending(`didn't open a tunnel within ${timeoutMs} ms`, 'ETIMEDOUT'), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    request.once('connect', ({ statusCode = 0, statusMessage = '' }: IncomingMessage, socket: Socket, head: Buffer) => {
      if (statusCode < 200) {
        socket.destroy(); // an interim response isn't a refusal, but Node.js reads no further ones after CONNECT
        return failBeforeSending(`returned status ${statusCode}`, 'ECONNRESET');
      }
      if (statusCode > 299) {
        socket.destroy();
        return fail(
          new InvokeError(message('proxyRefused', proxy.url.host, host, `${statusCode} ${statusMessage}`.trim())),
        );
      }
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (head.byteLength > 0) socket.unshift(head);
      resolve(socket);
    });
    request.on('error', fail);
    request.once('close', () => failBeforeSending('closed the connection without responding', 'ECONNRESET'));
    if (signal?.aborted === true) return abort();
    request.end();
  });
}

interface TunnelOptions {
  readonly proxy: Proxy;
  readonly agentOptions: AgentOptions;
  readonly trust: Trust;
  /** The abort signal of the request that a tunnel is opened for. */
  readonly signals: AsyncLocalStorage<AbortSignal | undefined>;
}

/** Tunnels through a proxy with CONNECT. Nothing of the request is sent before TLS is established. */
export class TunnelAgent extends HttpsAgent {
  readonly #options: TunnelOptions;

  constructor(options: TunnelOptions) {
    super({ keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS });
    this.#options = options;
  }

  /** Node.js agents create connections through this method, which `@types/node` doesn't declare. */
  override createConnection(options: ConnectOptions, callback: ConnectCallback): undefined {
    this.#connect(options).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error),
    );
  }

  async #connect({ host, port, servername }: ConnectOptions): Promise<TLSSocket> {
    const { proxy, agentOptions, trust, signals } = this.#options;
    const progress = agentOptions.progresses.getStore();
    const signal = signals.getStore();
    if (progress !== undefined) progress.isConnecting = true;
    const name = host ?? '';
    const target = `${isIP(name) === 6 ? `[${name}]` : name}:${port ?? 443}`;
    const timeoutMs = agentOptions.connectionTimeoutMs;
    const tunnel = await openTunnel({ proxy, host: name, target, trust, timeoutMs, signal });
    const socket = connectTls({
      ...trust,
      socket: tunnel,
      host: name,
      ...(servername !== undefined && servername !== '' && { servername }),
    });
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.once('close', () => tunnel.destroy());
    limitConnecting(socket, 'secureConnect', agentOptions);
    if (progress !== undefined) {
      socket.once('secureConnect', () => {
        progress.isConnecting = false;
      });
    }
    return socket;
  }
}
