import { randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { MAX_RECEIVED_BYTES } from '../runtimes/frames.ts';
import { peerKind, type PeerKind } from './peerCheck.ts';
import type { ChannelListeners, OnChunk, RuntimeChannel, RuntimeEvent } from './runtimeChannel.ts';

const PREFIX = '/2018-06-01/runtime';

/** Reads the body up to MAX_RECEIVED_BYTES. Uses listeners: an async iterator would double the cost of a request. */
function readBuffered(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      if (length < MAX_RECEIVED_BYTES) chunks.push(chunk);
      length += chunk.byteLength;
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The runtime closed the connection.'))); // no effect after `end`
  });
}

/** Passes on the body. Uses listeners: an async iterator would lose what arrived before the connection was closed. */
function readStreamed(request: IncomingMessage, onChunk: OnChunk): Promise<void> {
  let delivered = Promise.resolve();
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      request.pause();
      delivered = delivered.then(() => onChunk(chunk));
      delivered.then(() => request.resume(), reject);
    });
    const fail = () => reject(new Error('The runtime closed the connection.'));
    const afterDelivery = (then: () => void) => () => void delivered.then(then, then);
    request.once('end', afterDelivery(resolve));
    request.once('error', afterDelivery(fail));
    request.once('close', afterDelivery(fail)); // no effect after `end`
  });
}

async function readBody(request: IncomingMessage, onChunk?: OnChunk): Promise<Buffer> {
  if (onChunk === undefined) return readBuffered(request);
  await readStreamed(request, onChunk);
  return Buffer.alloc(0);
}

/** The error in the trailers of a streamed response. Its payload is encoded as base64. */
function trailingError({ trailers }: IncomingMessage): { errorType: string; body: Buffer } | undefined {
  const errorType = trailers['lambda-runtime-function-error-type'];
  if (typeof errorType !== 'string') return undefined;
  const body = trailers['lambda-runtime-function-error-body'];
  return { errorType, body: Buffer.from(typeof body === 'string' ? body : '', 'base64') };
}

function sendAccepted(response: ServerResponse): void {
  response.writeHead(202, { 'content-type': 'application/json', 'content-length': '15' }).end('{"status":"OK"}');
}

interface RuntimeApiListeners extends ChannelListeners {
  /** The process of the runtime, once it has started. */
  readonly processId: () => number | undefined;
  /** The runtime has sent its first request, so it can use its address. */
  readonly onFirstRequest: () => void;
}

/** Source: the Lambda runtime interface emulator, fatalerror.TruncatedResponse. */
const TRUNCATED = {
  errorType: 'Runtime.TruncatedResponse',
  body: Buffer.from('{"errorType":"Runtime.TruncatedResponse","errorMessage":"Response was truncated"}'),
};

type RuntimeRequest =
  | { readonly kind: 'next' }
  | { readonly kind: 'response' | 'error'; readonly requestId: string }
  | { readonly kind: 'initError' };

function parseRequest(method: string | undefined, path: string): RuntimeRequest | undefined {
  if (method === 'GET') return path === `${PREFIX}/invocation/next` ? { kind: 'next' } : undefined;
  if (method !== 'POST') return undefined;
  if (path === `${PREFIX}/init/error`) return { kind: 'initError' };
  const [, requestId, kind] = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
  if (requestId === undefined) return undefined;
  return { kind: kind === 'response' ? 'response' : 'error', requestId };
}

function reject(response: ServerResponse, status: number, errorType: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errorType }));
}

/**
 * Whether a web page has sent the request: it can reach loopback too. Node's `fetch` sends `sec-fetch-mode`, but none of
 * these headers.
 */
function isFromWebPage({ origin, ...headers }: IncomingHttpHeaders): boolean {
  return origin !== undefined || headers['sec-fetch-site'] !== undefined;
}

/**
 * Lambda's Runtime API for the process of a custom runtime, which requests events and posts responses. It accepts
 * requests whose path starts with a secret, which the process gets with its address, from processes of this user. Some
 * runtimes ignore the path of that address, always or in some requests: they are recognized by their process. Where the
 * system doesn't tell the process, requests without the secret are accepted until the runtime has used it once.
 * Source: Lambda developer guide, "Using the Lambda runtime API".
 */
export class RuntimeApi implements RuntimeChannel {
  readonly #server: Server;
  readonly #listeners: RuntimeApiListeners;
  readonly #secret: string;
  #hasUsedSecret = false;
  #hasRequest = false;
  #port = 0;
  /** Who has opened the connections. */
  readonly #peers = new WeakMap<Socket, PeerKind>();
  #isStreaming = false;
  #pendingNext: ServerResponse | undefined;
  #event: RuntimeEvent | undefined;
  /** The request ID of the running event and the receiver of its streamed response. */
  #streaming: { readonly requestId: string; readonly onChunk: OnChunk } | undefined;

  /**
   * `hasSecret`: whether the address has a secret path. Some runtimes don't accept one, because they take everything
   * after the colon for the port.
   */
  constructor(listeners: RuntimeApiListeners, hasSecret: boolean) {
    this.#listeners = listeners;
    this.#secret = hasSecret ? `/${randomBytes(16).toString('hex')}` : '';
    // Trailers contain the error of a streamed response, so allow large ones.
    this.#server = createServer({ maxHeaderSize: 1_048_576 }, (request, response) => {
      response.on('error', () => undefined);
      // An aborted request must not affect other functions.
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 0;
    this.#server.requestTimeout = 0;
  }

  /**
   * Listens on a free port of 127.0.0.1. Resolves with the value of AWS_LAMBDA_RUNTIME_API: `host:port` and the secret
   * path.
   */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    this.#server.on('error', () => undefined);
    this.#port = (this.#server.address() as AddressInfo).port;
    return `127.0.0.1:${this.#port}${this.#secret}`;
  }

  send(event: RuntimeEvent, onChunk?: OnChunk): void {
    this.#event = event;
    this.#streaming = onChunk === undefined ? undefined : { requestId: event.requestId, onChunk };
    this.#deliver();
  }

  get isDelivering(): boolean {
    return this.#isStreaming;
  }

  get receivedBytes(): number {
    return 0;
  }

  /** A runtime may close its connections between two events. */
  get isBroken(): boolean {
    return false;
  }

  get hasUnreadEvent(): boolean {
    return this.#event !== undefined;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #deliver(): void {
    const response = this.#pendingNext;
    const event = this.#event;
    if (response === undefined || event === undefined) return;
    this.#pendingNext = undefined;
    this.#event = undefined;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': String(event.body.byteLength), // avoids chunked encoding
      'lambda-runtime-aws-request-id': event.requestId,
      ...event.headers,
    });
    response.end(event.body);
  }

  /** Whether the runtime has sent a request, so it can use its address. */
  get hasRequest(): boolean {
    return this.#hasRequest;
  }

  /** The path without the secret; undefined if the request isn't accepted. */
  #trustedPath({ url = '', socket, headers }: IncomingMessage): string | undefined {
    const hasSecret = this.#secret !== '' && url.startsWith(`${this.#secret}/`);
    const peer = this.#peers.get(socket) ?? peerKind(socket, this.#listeners.processId());
    this.#peers.set(socket, peer);
    if (peer === 'otherUser') return undefined;
    if (!hasSecret && !this.#isTrustedWithoutSecret(peer, headers)) return undefined;
    if (hasSecret) this.#hasUsedSecret = true;
    if (!this.#hasRequest) this.#listeners.onFirstRequest();
    this.#hasRequest = true;
    return hasSecret ? url.slice(this.#secret.length) : url;
  }

  #isTrustedWithoutSecret(peer: PeerKind, headers: IncomingHttpHeaders): boolean {
    if (isFromWebPage(headers)) return false;
    if (peer === 'process') return true;
    const isOwnHost = ['127.0.0.1', 'localhost'].some((host) => headers.host === `${host}:${this.#port}`);
    return peer === 'unknown' && isOwnHost && !this.#hasUsedSecret;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = this.#trustedPath(request);
    if (path === undefined) return reject(response, 403, 'AccessDenied');
    const parsed = parseRequest(request.method, path);
    if (parsed === undefined) return reject(response, 404, 'InvalidRequest');
    if (parsed.kind === 'next') return this.#next(response);
    const requestId = parsed.kind === 'initError' ? undefined : parsed.requestId;
    const isResponse = parsed.kind === 'response';
    const isStreamed = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
    const onResponseChunk = this.#streaming?.requestId === requestId ? this.#streaming?.onChunk : undefined;
    this.#isStreaming = isStreamed;
    const onChunk = isStreamed && isResponse ? onResponseChunk : undefined;
    let body: Buffer;
    try {
      body = await readBody(request, onChunk);
    } catch (error) {
      // Part of the response has been passed on, so the runtime can't send it again.
      if (onChunk !== undefined) this.#listeners.onReply({ kind: 'error', requestId, ...TRUNCATED });
      throw error;
    } finally {
      this.#isStreaming = false;
    }
    sendAccepted(response);
    const errorType = request.headers['lambda-runtime-function-error-type'];
    const trailing = trailingError(request);
    this.#listeners.onReply({
      kind: isResponse && trailing === undefined ? 'response' : 'error',
      requestId,
      body: trailing?.body ?? body,
      errorType: trailing?.errorType ?? (typeof errorType === 'string' ? errorType : undefined),
    });
  }

  #next(response: ServerResponse): void {
    if (this.#pendingNext !== undefined) return reject(response, 403, 'InvalidStateTransition');
    this.#pendingNext = response;
    response.once('close', () => {
      if (this.#pendingNext === response) this.#pendingNext = undefined; // the runtime retries or has exited
    });
    this.#listeners.onReady();
    this.#deliver();
  }
}
