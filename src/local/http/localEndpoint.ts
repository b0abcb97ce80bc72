import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toSentence } from '../../core/messages/messages.ts';
import type { ControlRequest } from '../../core/functions/localFunctionView.ts';
import { localAdvice } from '../advice/localAdvice.ts';
import { handleControlRequest } from './controlChannel.ts';
import { ExecutionStore } from '../durable/executionStore.ts';
import { EventQueue } from '../process/eventQueue.ts';
import { FunctionPool, type PoolOptions, type PoolSettings } from '../process/functionPool.ts';
import { ENDPOINT_LIMITS, type EndpointLimits } from './endpointLimits.ts';
import { InvokeService } from '../process/invokeService.ts';
import { createRequestHandler } from './requestHandler.ts';
import type { KeyPair } from './signature.ts';
import { nextTurn } from '../workspace/watching/nextTurn.ts';
import type { LayerFolders } from '../layers/workspaceLayers.ts';
import type { TemplatePatterns } from '../../core/functions/templateCandidates.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import type { WorkspaceListing } from '../workspace/workspaceFunctions.ts';

/** The settings that can change while the endpoint runs. */
export interface EndpointSettings extends PoolSettings {
  /** Workspace folders, as file system paths. */
  readonly folders: readonly string[];
  /** Globs for additional and excluded templates. */
  readonly templates?: TemplatePatterns;
  /** Folders for layers that aren't in the workspace. */
  readonly layers?: LayerFolders;
  /** The paths of files with values for environment variables. Later ones override. */
  readonly environmentFiles?: readonly string[];
}

export interface EndpointOptions extends PoolOptions, EndpointSettings {
  readonly keys: KeyPair;
  /** Delays before the second and third attempt at an Event, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
  /** The maximum number of folders to watch for changes. Others are searched again every 0.3 s while they're used. */
  readonly maxWatchedFolders?: number;
  readonly limits?: Partial<EndpointLimits>;
  /** Where durable executions are stored. Without it, they're only in memory. */
  readonly durableFolder?: string;
  /** Receives problems that concern no request. */
  readonly onProblem?: (problem: string) => void;
}

/** The listen backlog. On a busy machine, the kernel resets connections when it's full. */
const MAX_PENDING = 4096;

/**
 * Lambda's Invoke API on 127.0.0.1 for the functions of a workspace. Requests must be signed with the endpoint's key
 * pair and have its Host header; otherwise any web page could run code on this machine.
 */
export class LocalEndpoint {
  readonly #server: Server;
  readonly #pool: FunctionPool;
  #workspace: Workspace;
  readonly #events: EventQueue;
  readonly #service: InvokeService;
  #options: EndpointOptions;
  /** Handlers of durable functions don't have the endpoint's keys. */
  readonly #durablePath = `/durable-${randomBytes(16).toString('hex')}`;
  /** The valid values of the Host header. */
  #hosts: readonly (string | undefined)[] = [];

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#workspace = this.#openWorkspace();
    this.#pool = new FunctionPool((definition) => this.#workspace.stampOf(definition), {
      ...options,
      durableApi: () => `http://${this.#hosts[0]}${this.#durablePath}`,
    });
    this.#events = new EventQueue(options.retryDelaysMs);
    this.#service = new InvokeService({
      find: (name) => this.#workspace.functions.find(name),
      choices: (name) => this.#workspace.functions.choices(name),
      pool: this.#pool,
      events: this.#events,
      stampOf: (definition) => this.#workspace.stampOf(definition),
      store: new ExecutionStore(options.durableFolder, (problem) => options.onProblem?.(toSentence(problem))),
      advise: (definition, payload) => localAdvice(definition, payload, this.#options.runtimes),
    });
    const limits = { ...ENDPOINT_LIMITS, ...options.limits };
    const serve = createRequestHandler({
      keys: options.keys,
      limits,
      isOwnHost: (host) => this.#hosts.includes(host),
      handle: async (invoke, response) => {
        await nextTurn(); // for changes that the client made before the request
        await this.#service.handle(invoke, response);
      },
      durablePath: this.#durablePath,
      handleDurable: (route, body, response) => this.#service.durable.serve(route, body, response),
    });
    // These timeouts don't apply while a function runs, which can take 15 minutes.
    this.#server = createServer(
      {
        headersTimeout: limits.headersMs,
        requestTimeout: limits.requestMs,
        connectionsCheckingInterval: limits.checkMs,
        keepAliveTimeout: limits.idleMs,
      },
      (request, response) => void serve(request, response),
    );
    this.#server.on('checkContinue', (request, response) => void serve(request, response, true));
    this.#server.on('error', () => undefined); // a connection that can't be accepted, for example without file handles
  }

  /** Starts listening and resolves with the endpoint's URL. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen({ port, host: '127.0.0.1', backlog: MAX_PENDING }, resolve);
    });
    const { port: actualPort } = this.#server.address() as AddressInfo;
    this.#hosts = [`127.0.0.1:${actualPort}`, `localhost:${actualPort}`];
    return `http://127.0.0.1:${actualPort}`;
  }

  /** The functions of the workspace, and the problems with its files. Never rejects. */
  async list(): Promise<WorkspaceListing> {
    return this.#workspace.functions.list();
  }

  /** Handles a request other than Invoke: list functions, read a log, wait for events, restart or debug a function. */
  control(request: ControlRequest): Promise<unknown> {
    const { runtimes } = this.#options;
    return handleControlRequest(request, {
      functions: this.#workspace.functions,
      pool: this.#pool,
      logs: this.#service.logs,
      events: this.#events,
      durable: this.#service.durable,
      runtimes,
    });
  }

  /** Applies other folders and settings. Running invocations finish with the previous ones. */
  configure(settings: EndpointSettings): void {
    this.#options = { ...this.#options, ...settings };
    this.#pool.configure(settings);
    this.#workspace.close();
    this.#workspace = this.#openWorkspace();
  }

  /** Kills all handler processes, closes all connections and ends all watches. */
  close(): void {
    this.#workspace.close();
    this.#events.close();
    this.#service.durable.close();
    this.#pool.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #openWorkspace(): Workspace {
    const { folders, templates: patterns, layers: layerFolders, environmentFiles, maxWatchedFolders } = this.#options;
    return openWorkspace(folders, {
      patterns,
      layerFolders,
      environmentFiles,
      ...(maxWatchedFolders !== undefined && { maxFolders: maxWatchedFolders }),
    });
  }
}
