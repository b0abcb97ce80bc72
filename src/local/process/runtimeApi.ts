import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One event on its way to a runtime. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly body: Uint8Array;
  /** Without `Lambda-Runtime-Aws-Request-Id`, which is `requestId`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a runtime says back. `requestId` is undefined for an error of its init. */
export interface RuntimeReply {
  readonly kind: 'response' | 'error';
  readonly requestId: string | undefined;
  readonly body: Buffer;
  readonly errorType: string | undefined;
}

/** Takes a part of a streamed response; resolves when there is room for more. */
export type OnChunk = (bytes: Uint8Array) => Promise<void>;

interface Listeners {
  /** The runtime asks for an event: it is ready. */
  readonly onNext: () => void;
  readonly onReply: (reply: RuntimeReply) => void;
}

const PREFIX = '/2018-06-01/runtime';

/** Above Lambda's limit of a whole response: what comes beyond is not held. In bytes. */
const MAX_BUFFERED_BYTES = 6_291_556 + 1;

/** The body, as far as it is held. Listeners, as an iterator over a request costs as much as all the rest. */
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
    request.once('close', () => reject(new Error('The runtime closed the connection.'))); // behind the end it changes nothing
  });
}

async function readBody(request: IncomingMessage, onChunk?: OnChunk): Promise<Buffer> {
  if (onChunk === undefined) return readBuffered(request);
  for await (const chunk of request as AsyncIterable<Buffer>) await onChunk(chunk);
  return Buffer.alloc(0);
}

/** The error a streamed response ended with: its type, and its payload in base64. */
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
 * Lambda's Runtime API for one handler process: what its runtime asks for its next event and answers to.
 * Source: Lambda developer guide, "Using the Lambda runtime API".
 */
export class RuntimeApi {
  readonly #server: Server;
  readonly #listeners: Listeners;
  #address = '';
  #pendingNext: ServerResponse | undefined;
  #event: RuntimeEvent | undefined;
  /** Of the event that runs: its id, and who takes its response as it comes. */
  #streaming: { readonly requestId: string; readonly onChunk: OnChunk } | undefined;

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
    // Trailers carry the error a stream has ended with.
    this.#server = createServer({ maxHeaderSize: 1_048_576 }, (request, response) => {
      // A runtime that breaks off in the middle is its own trouble, not that of all others.
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 0;
    this.#server.requestTimeout = 0;
  }

  /** Listens on a free port of 127.0.0.1 and answers with `host:port`, as AWS_LAMBDA_RUNTIME_API wants it. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    this.#address = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this.#address;
  }

  /** Hands an event to the runtime, now or when it next asks. `onChunk` takes its response where that is streamed. */
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
      'content-length': String(event.body.byteLength), // in one piece: not chunked
      'lambda-runtime-aws-request-id': event.requestId,
      ...event.headers,
    });
    response.end(event.body);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page in a browser can reach loopback too, under any name; a runtime uses the address it was given.
    const { host, origin } = request.headers;
    if (host !== this.#address || origin !== undefined || request.headers['sec-fetch-mode'] !== undefined) {
      response.writeHead(403).end();
      return;
    }
    const path = request.url ?? '';
    if (request.method === 'GET' && path === `${PREFIX}/invocation/next`) {
      this.#pendingNext = response;
      response.once('close', () => {
        if (this.#pendingNext === response) this.#pendingNext = undefined; // it asks again, or it has gone
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
