import type { DebuggedProcess } from '../../core/functions/localFunctionView.ts';
import { HandlerProcess } from './handlerProcess.ts';
import { killTrees } from './killTree.ts';
import { launchOf, type Launch, type Runtimes } from '../runtimes/launch.ts';
import { MemoryWatch } from './memoryWatch.ts';
import { debuggerOf } from './debuggerOf.ts';
import type { ProcessDebugger } from './processDebugger.ts';
import { INIT_TIMEOUT_MS, runFunction, type FunctionResponse } from './runFunction.ts';
import { limitTimeout, type PoolRun } from './poolRun.ts';
import {
  dropWarm,
  endWarm,
  killOutdated,
  killIdleSince,
  killLeastRecentlyUsed,
  takeDebugged,
  takeWarm,
  type FunctionProcesses,
} from './warmProcesses.ts';
import { TooManyProcesses } from './tooManyProcesses.ts';
import { Watchdog, type WatchdogOptions } from './watchdog.ts';
import type { SourceStamps } from '../workspace/sourceStamps.ts';
import { withTimeout } from '../../core/async/withTimeout.ts';
import { overrideVariables } from '../workspace/overrideVariables.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** The default concurrency limit of all functions together. Lambda's account limit is higher. */
const MAX_PROCESSES = 50;

/** Idle time after which a warm process is killed, in milliseconds. */
const IDLE_MS = 10 * 60_000;

/** How long a process may take until it waits for its debugger, in milliseconds. */
const DEBUGGER_TIMEOUT_MS = 30_000;

/** The settings that apply to processes started from now on. */
export interface PoolSettings {
  readonly runtimes: Runtimes;
  /** Whether handlers receive the user's AWS variables. */
  readonly hasCredentials: boolean;
  readonly maxProcesses?: number;
}

export interface PoolOptions extends PoolSettings, WatchdogOptions {
  /** The address of the API of durable executions, for durable functions. Known when the endpoint listens. */
  readonly durableApi?: () => string | undefined;
  readonly idleMs?: number;
  readonly initTimeoutMs?: number;
  readonly debuggerTimeoutMs?: number;
}

/**
 * Manages handler processes. Each handles one event at a time and then stays warm for the next event with the same code
 * and configuration.
 */
export class FunctionPool {
  #settings: PoolSettings;
  readonly #durableApi: () => string | undefined;
  readonly #idleMs: number;
  readonly #initTimeoutMs: number;
  readonly #watchdog: Watchdog;
  readonly #debuggerTimeoutMs: number;
  readonly #memoryWatch = new MemoryWatch();
  readonly #stampOf: SourceStamps['stampOf'];
  readonly #configurations = new WeakMap<WorkspaceFunction, string>();
  readonly #functions = new Map<string, FunctionProcesses>();
  /** Programs of custom runtimes that don't accept a secret path in the address of the Runtime API. */
  readonly #withoutSecret = new Set<string>();
  /** All processes that run, whatever they do. */
  readonly #handlers = new Set<HandlerProcess>();
  /** One timer for all warm processes. */
  #idleTimer: NodeJS.Timeout | undefined;
  #running = 0;
  #isClosed = false;

  /** `stampOf` identifies the state of a function's code. With another stamp, its processes are outdated. */
  constructor(stampOf: SourceStamps['stampOf'], options: PoolOptions) {
    const { idleMs = IDLE_MS, initTimeoutMs = INIT_TIMEOUT_MS, debuggerTimeoutMs = DEBUGGER_TIMEOUT_MS } = options;
    this.#stampOf = stampOf;
    this.#settings = options;
    this.#durableApi = options.durableApi ?? (() => undefined);
    this.#watchdog = new Watchdog(options);
    this.#idleMs = idleMs;
    this.#initTimeoutMs = initTimeoutMs;
    this.#debuggerTimeoutMs = debuggerTimeoutMs;
  }

  /** Runs one event, in a warm process if there is one (see runFunction). Rejects with TooManyProcesses only. */
  async run(run: PoolRun): Promise<FunctionResponse> {
    const { name, fn } = run.definition;
    const processes = this.#processesOf(name);
    const { reservedConcurrentExecutions = Infinity } = fn;
    if (processes.running >= reservedConcurrentExecutions)
      throw new TooManyProcesses('ReservedFunctionConcurrentInvocationLimitExceeded');
    if (this.#running >= this.#maxProcesses) throw new TooManyProcesses('ConcurrentInvocationLimitExceeded');
    this.#running++;
    processes.running++;
    try {
      return await this.#run(run, processes);
    } finally {
      this.#running--;
      processes.running--;
    }
  }

  /** Whether an event of the function would run now. */
  hasCapacity({ name, fn }: WorkspaceFunction): boolean {
    const { reservedConcurrentExecutions = Infinity } = fn;
    return this.#processesOf(name).running < reservedConcurrentExecutions && this.#running < this.#maxProcesses;
  }

  /** Whether a debugger controls a process of the function. */
  isDebugging(name: string): boolean {
    return this.#processesOf(name).debugged?.handler.hasExited === false;
  }

  /**
   * Applies other settings. Running events finish in the processes that were started with the previous ones, later
   * events get new processes.
   */
  configure(settings: PoolSettings): void {
    this.#settings = settings;
    for (const processes of this.#functions.values()) endWarm(processes);
  }

  /**
   * Kills a function's warm and debugged processes, so that the next event starts a new one. A running event finishes in
   * its process, which isn't used again.
   */
  restart(name: string): void {
    const processes = this.#processesOf(name);
    endWarm(processes);
    processes.debugged?.handler.kill();
    processes.debugged = undefined;
  }

  /**
   * Starts a process that waits for a debugger. Its address is the inspector's `ws://` URL, or a formatted
   * `DebugpyAddress`. The function's events run in it, without timeout or memory limit, until `stopDebugging` or
   * `restart`. `debugpy` is the folder of that package, for Python. Rejects if the process can't be started or doesn't
   * wait for a debugger in time.
   */
  async debug(definition: WorkspaceFunction, version: string, debugpy?: string): Promise<DebuggedProcess> {
    this.restart(definition.name);
    const processes = this.#processesOf(definition.name);
    const { generation } = processes;
    const createDebugger = (launch: Launch) => debuggerOf(definition, launch, { ...this.#settings.runtimes, debugpy });
    const handler = await this.#create(definition, version, { createDebugger });
    if (processes.generation !== generation) {
      handler.kill();
      throw new Error('The function was restarted.');
    }
    const debugged = { handler, isBusy: false, address: undefined as string | undefined };
    processes.debugged = debugged;
    void handler.start();
    const timeoutMs = this.#debuggerTimeoutMs;
    try {
      debugged.address = await withTimeout(Promise.resolve(handler.debuggerAddress), timeoutMs);
    } catch (error) {
      throw processes.debugged === debugged ? error : new Error('The function was restarted.');
    }
    const pid = handler.tree?.pid;
    if (debugged.address !== undefined && pid !== undefined) return { address: debugged.address, pid };
    handler.kill();
    throw new Error(`The process didn't wait for a debugger within ${timeoutMs / 1000} s.`);
  }

  /** Kills the process whose debugger has this address. Has no effect if no process or another one is debugged. */
  stopDebugging(name: string, address: string): void {
    const processes = this.#processesOf(name);
    if (processes.debugged?.address !== address) return;
    processes.debugged.handler.kill();
    processes.debugged = undefined;
  }

  /** Kills all processes. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#idleTimer);
    const all = [...this.#handlers];
    killTrees(all.flatMap(({ tree }) => tree ?? []));
    for (const handler of all) handler.release();
    this.#functions.clear();
    this.#watchdog.close();
  }

  get #maxProcesses(): number {
    return this.#settings.maxProcesses ?? MAX_PROCESSES;
  }

  #processesOf(name: string): FunctionProcesses {
    let processes = this.#functions.get(name);
    if (processes === undefined) {
      processes = { generation: 0, running: 0, warm: [], debugged: undefined };
      this.#functions.set(name, processes);
    }
    return processes;
  }

  async #run(run: PoolRun, processes: FunctionProcesses): Promise<FunctionResponse> {
    const { version, tenantId, environment, event, onChunk, onLog, maxTimeout } = run;
    const { generation } = processes;
    const definition = overrideVariables(run.definition, environment);
    const stamp = this.#stampOf(run.definition);
    const key = {
      code: `${this.#configurationOf(run.definition)} ${typeof stamp === 'string' ? stamp : await stamp}`,
      variant: JSON.stringify([version, definition.fn.isTenantIsolated === true && tenantId, environment]),
    };
    if (processes.warm.some(({ handler }) => !handler.loaded.isEmpty)) await killOutdated(processes);
    const debugged = takeDebugged(processes);
    const response = await runFunction(event, {
      fn: limitTimeout(definition.fn, maxTimeout),
      version,
      warm: debugged?.handler ?? takeWarm(processes, key),
      create: (previous) => {
        while (
          this.#warmCount() + this.#running > this.#maxProcesses &&
          killLeastRecentlyUsed(this.#functions.values())
        );
        return this.#create(definition, version, {
          hasIgnoredSecret: previous?.hasIgnoredSecret ?? false,
        });
      },
      initTimeoutMs: this.#initTimeoutMs,
      onLog,
      ...(onChunk !== undefined && { onChunk }),
    });
    if (debugged !== undefined) debugged.isBusy = false;
    const { reusable } = response;
    if (reusable !== undefined && reusable !== debugged?.handler) {
      if (processes.generation === generation && !this.#isClosed && !reusable.hasExited) {
        processes.warm.push({ ...key, handler: reusable, since: performance.now() });
        this.#idleTimer ??= this.#scheduleIdle(this.#idleMs);
      } else reusable.kill();
    }
    return response;
  }

  async #create(
    definition: WorkspaceFunction,
    version: string,
    {
      createDebugger,
      hasIgnoredSecret = false,
    }: {
      readonly createDebugger?: (launch: Launch) => Promise<ProcessDebugger>;
      readonly hasIgnoredSecret?: boolean;
    },
  ): Promise<HandlerProcess> {
    const { runtimes, hasCredentials } = this.#settings;
    const launch = await launchOf(definition, { ...runtimes, prefersSource: createDebugger !== undefined });
    const processDebugger = await createDebugger?.(launch);
    if (this.#isClosed) {
      processDebugger?.end('The local endpoint has stopped.');
      throw new Error('The local endpoint has stopped.');
    }
    const { name, plainName, fn } = definition;
    const handler: HandlerProcess = new HandlerProcess({
      name: plainName,
      version,
      fn,
      launch,
      ...(processDebugger !== undefined && { debugger: processDebugger }),
      hasCredentials,
      durableApi: fn.isDurable ? this.#durableApi() : undefined,
      watchdog: this.#watchdog,
      memoryWatch: this.#memoryWatch,
      hasSecret: fn.runtime.startsWith('provided') && !hasIgnoredSecret && !this.#withoutSecret.has(launch.program),
      onFirstRequest: () => hasIgnoredSecret && this.#withoutSecret.add(launch.program),
      onExit: () => dropWarm(this.#processesOf(name), handler),
      onRelease: () => this.#handlers.delete(handler),
    });
    this.#handlers.add(handler);
    return handler;
  }

  #configurationOf(definition: WorkspaceFunction): string {
    let text = this.#configurations.get(definition);
    if (text === undefined) {
      text = JSON.stringify([definition.fn, definition.taskRoot]);
      this.#configurations.set(definition, text);
    }
    return text;
  }

  #warmCount(): number {
    let count = 0;
    for (const { warm } of this.#functions.values()) count += warm.length;
    return count;
  }

  #scheduleIdle(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      const now = performance.now();
      const next = killIdleSince(this.#functions.values(), now - this.#idleMs);
      this.#idleTimer = next === undefined ? undefined : this.#scheduleIdle(next + this.#idleMs - now);
    }, ms).unref();
  }
}
