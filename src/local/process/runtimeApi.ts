import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An event for a runtime. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly body: Uint8Array;
  /** Without `Lambda-Runtime-Aws-Request-Id`, which is set from `requestId`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A response or error posted by a runtime. `requestId` is undefined for an init error. */
export interface RuntimeReply {
  readonly kind: 'response' | 'error';
  readonly requestId: string | undefined;
  readonly body: Buffer;
  readonly errorType: string | undefined;
}

/** Receives a part of a streamed response; resolves when the receiver is ready for more. */
export type OnChunk = (bytes: Uint8Array) => Promise<void>;

interface Listeners {
  /** The runtime has requested an event, so it has finished init. */
  readonly onNext: () => void;
  readonly onReply: (reply: RuntimeReply) => void;
}

const PREFIX = '/2018-06-01/runtime';

/** One byte more than Lambda's response limit, enough to detect an oversized response. In bytes. */
const MAX_BUFFERED_BYTES = 6_291_556 + 1;

/** Reads the body up to MAX_BUFFERED_BYTES. Uses listeners: an async iterator would double the cost of a request. */
function readBuffered(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      if (length < MAX_BUFFERED_BYTES) chunks.push(chunk);
      length += chunk.byteLength;
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The runtime closed the connection.'))); // no effect after `end`
  });
}

async function readBody(request: IncomingMessage, onChunk?: OnChunk): Promise<Buffer> {
  if (onChunk === undefined) return readBuffered(request);
  for await (const chunk of request as AsyncIterable<Buffer>) await onChunk(chunk);
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

/**
 * Lambda's Runtime API for one handler process, from which its runtime requests events and to which it posts responses.
 * Source: Lambda developer guide, "Using the Lambda runtime API".
 */
export class RuntimeApi {
  readonly #server: Server;
  readonly #listeners: Listeners;
  #address = '';
  #pendingNext: ServerResponse | undefined;
  #event: RuntimeEvent | undefined;
  /** The request ID of the running event and the receiver of its streamed response. */
  #streaming: { readonly requestId: string; readonly onChunk: OnChunk } | undefined;

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
    // Trailers contain the error of a streamed response, so allow large ones.
    this.#server = createServer({ maxHeaderSize: 1_048_576 }, (request, response) => {
      // An aborted request must not affect other functions.
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 0;
    this.#server.requestTimeout = 0;
  }

  /** Listens on a free port of 127.0.0.1. Resolves with `host:port`, the format of AWS_LAMBDA_RUNTIME_API. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    this.#address = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this.#address;
  }

  /** Delivers an event to the runtime with its next request. `onChunk` receives a streamed response. */
  sendEvent(event: RuntimeEvent, onChunk?: OnChunk): void {
    this.#event = event;
    this.#streaming = onChunk === undefined ? undefined : { requestId: event.requestId, onChunk };
    this.#deliver();
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

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Web pages can reach loopback too, under any host name. A runtime uses exactly the address it was given.
    const { host, origin } = request.headers;
    if (host !== this.#address || origin !== undefined || request.headers['sec-fetch-mode'] !== undefined) {
      response.writeHead(403).end();
      return;
    }
    const path = request.url ?? '';
    if (request.method === 'GET' && path === `${PREFIX}/invocation/next`) {
      this.#pendingNext = response;
      response.once('close', () => {
        if (this.#pendingNext === response) this.#pendingNext = undefined; // the runtime retries or has exited
      });
      this.#listeners.onNext();
      this.#deliver();
      return;
    }
    const invocation = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path);
    const isInitError = path === `${PREFIX}/init/error`;
    if (request.method !== 'POST' || (invocation === null && !isInitError)) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"errorType":"InvalidRequest"}');
      return;
    }
    const isStreamed = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
    const onResponseChunk = this.#streaming?.requestId === invocation?.[1] ? this.#streaming?.onChunk : undefined;
    const body = await readBody(request, isStreamed && invocation?.[2] === 'response' ? onResponseChunk : undefined);
    sendAccepted(response);
    const errorType = request.headers['lambda-runtime-function-error-type'];
    const trailing = trailingError(request);
    this.#listeners.onReply({
      kind: invocation?.[2] === 'response' && trailing === undefined ? 'response' : 'error',
      requestId: invocation?.[1],
      body: trailing?.body ?? body,
      errorType: trailing?.errorType ?? (typeof errorType === 'string' ? errorType : undefined),
    });
  }
}
