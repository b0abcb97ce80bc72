import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ControlRequest } from '../../core/functions/localFunctionView.ts';
import { handleControlRequest } from './controlChannel.ts';
import { EventQueue } from '../process/eventQueue.ts';
import { FunctionPool, type PoolOptions, type PoolSettings } from '../process/functionPool.ts';
import { parseInvoke } from './invokeRoute.ts';
import { InvokeService } from '../process/invokeService.ts';
import { sendError } from './lambdaResponse.ts';
import { checkSignature, type KeyPair } from './signature.ts';
import { createWorkspaceFunctions, type WorkspaceFunctions } from '../workspace/workspaceFunctions.ts';

/** The settings that can change while the endpoint runs. */
export interface EndpointSettings extends PoolSettings {
  /** Workspace folders, as file system paths. */
  readonly folders: readonly string[];
}

export interface EndpointOptions extends PoolOptions, EndpointSettings {
  readonly keys: KeyPair;
  /** Delays before the second and third attempt at an Event, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
}

/** The maximum request body in bytes: Lambda's payload limit and a margin, so that its error can be returned. */
const MAX_REQUEST_BYTES = 6_291_456 + 65_536;

/** The listen backlog. On a busy machine, the kernel resets connections when it's full. */
const MAX_PENDING = 4096;

/**
 * Reads the body; undefined if it is too large. Uses listeners: an async iterator would double the cost of a request.
 */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length <= MAX_REQUEST_BYTES) chunks.push(chunk);
    });
    request.once('end', () => resolve(length <= MAX_REQUEST_BYTES ? Buffer.concat(chunks) : undefined));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The client closed the connection.'))); // no effect after `end`
  });
}

/**
 * Lambda's Invoke API on 127.0.0.1 for the functions of a workspace. Requests must be signed with the endpoint's key
 * pair and have its Host header; otherwise any web page could run code on this machine.
 */
export class LocalEndpoint {
  readonly #server: Server;
  readonly #pool: FunctionPool;
  #functions: WorkspaceFunctions;
  readonly #events: EventQueue;
  readonly #service: InvokeService;
  #options: EndpointOptions;
  #port = 0;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#pool = new FunctionPool(options);
    this.#functions = createWorkspaceFunctions(options.folders);
    this.#events = new EventQueue(options.retryDelaysMs);
    const functions = { find: (name: string) => this.#functions.find(name) };
    this.#service = new InvokeService({ functions, pool: this.#pool, events: this.#events });
    this.#server = createServer((request, response) => void this.#serve(request, response));
    // Clients reuse sockets that were idle for up to 5 s, and functions can run for 15 minutes.
    this.#server.keepAliveTimeout = 65_000;
    this.#server.requestTimeout = 0;
  }

  /** Starts listening and resolves with the endpoint's URL. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen({ port, host: '127.0.0.1', backlog: MAX_PENDING }, resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Handles a request other than Invoke: list functions, read a log, restart or debug a function. */
  control(request: ControlRequest): Promise<unknown> {
    const { runtimes } = this.#options;
    return handleControlRequest(request, {
      functions: this.#functions,
      pool: this.#pool,
      logs: this.#service.logs,
      runtimes,
    });
  }

  /** Applies other folders and settings. Running invocations finish with the previous ones. */
  configure(settings: EndpointSettings): void {
    this.#options = { ...this.#options, ...settings };
    this.#pool.configure(settings);
    this.#functions = createWorkspaceFunctions(settings.folders);
  }

  /** Kills all handler processes and closes all connections. */
  close(): void {
    this.#events.close();
    this.#pool.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#handle(request, response);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) {
        sendError(response, { StatusCode: 500, name: 'ServiceException', message, Type: 'Server' });
      } else response.destroy(); // don't let the client wait for the rest of a partial response
    }
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method = '', url = '' } = request;
    if (headers.host !== `127.0.0.1:${this.#port}` && headers.host !== `localhost:${this.#port}`) {
      sendError(response, {
        StatusCode: 403,
        name: 'AccessDeniedException',
        message: "The Host header doesn't name the local endpoint.",
      });
      return;
    }
    const body = await readBody(request);
    if (body === undefined) {
      const message = 'Request must be smaller than 6291456 bytes for the InvokeFunction operation';
      sendError(response, { StatusCode: 413, name: 'RequestEntityTooLargeException', message });
      return;
    }
    const signatureError = checkSignature({ method, url, headers, body }, this.#options.keys);
    if (signatureError !== undefined) return sendError(response, { StatusCode: 403, ...signatureError });
    if (method !== 'POST') {
      const message = `Unsupported method ${method}. Invoke uses POST.`;
      return sendError(response, { StatusCode: 405, name: 'MethodNotAllowedException', message });
    }
    const invoke = parseInvoke(url, headers, body);
    if ('StatusCode' in invoke) return sendError(response, invoke);
    await this.#service.handle(invoke, response);
  }
}
