import { createTimedCache } from '../workspace/timedCache.ts';
import { HandlerProcess } from './handlerProcess.ts';
import { killTrees } from './killTree.ts';
import { launchOf, rootOf, type Runtimes } from '../runtimes/launch.ts';
import { OrphanGuard } from './orphanGuard.ts';
import { INIT_TIMEOUT_MS, runFunction, type FunctionResponse } from './runFunction.ts';
import type { OnChunk, RuntimeEvent } from './runtimeApi.ts';
import { sourceStamp } from '../workspace/sourceStamp.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** The default concurrency limit of all functions together. Lambda's account limit is higher. */
const MAX_PROCESSES = 50;

/** Idle time after which a warm process is killed, in milliseconds. */
const IDLE_MS = 10 * 60_000;

export interface PoolOptions {
  readonly runtimes: Runtimes;
  /** Whether handlers receive the user's AWS variables. */
  readonly hasCredentials: boolean;
  readonly maxProcesses?: number;
  readonly idleMs?: number;
  readonly initTimeoutMs?: number;
}

/** The concurrency limit or the function's reserved concurrency is reached. Reported as 429, as Lambda does. */
export class TooManyProcesses extends Error {
  readonly Reason: 'ConcurrentInvocationLimitExceeded' | 'ReservedFunctionConcurrentInvocationLimitExceeded';

  constructor(Reason: TooManyProcesses['Reason']) {
    super('Rate Exceeded.');
    this.Reason = Reason;
  }
}

/** One event for a function, with its version and tenant. */
export interface PoolRun {
  readonly definition: WorkspaceFunction;
  readonly version: string;
  readonly tenantId?: string;
  readonly event: RuntimeEvent;
  readonly onChunk?: OnChunk;
}

interface IdleProcess {
  readonly name: string;
  readonly key: string;
  readonly handler: HandlerProcess;
}

/**
 * Manages handler processes. Each handles one event at a time and then stays warm for the next event with the same code
 * and configuration.
 */
export class FunctionPool {
  readonly #options: PoolOptions;
  readonly #guard = new OrphanGuard();
  readonly #stamps = new Map<string, () => string | Promise<string>>();
  readonly #running = new Map<string, number>();
  readonly #debugged = new Map<string, HandlerProcess>();
  #idle: IdleProcess[] = [];
  readonly #busy = new Set<HandlerProcess>();
  #count = 0;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Runs one event, in a warm process if there is one (see runFunction). Rejects with TooManyProcesses only. */
  async run({ definition, version, tenantId, event, onChunk }: PoolRun): Promise<FunctionResponse> {
    const { name, fn } = definition;
    const running = this.#running.get(name) ?? 0;
    if (fn.reservedConcurrentExecutions !== undefined && running >= fn.reservedConcurrentExecutions) {
      throw new TooManyProcesses('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    const maxProcesses = this.#options.maxProcesses ?? MAX_PROCESSES;
    if (this.#count >= maxProcesses) throw new TooManyProcesses('ConcurrentInvocationLimitExceeded');
    this.#count++;
    this.#running.set(name, running + 1);
    const handlers = new Set<HandlerProcess>();
    try {
      const key = JSON.stringify([
        fn,
        version,
        definition.taskRoot,
        fn.isTenantIsolated && tenantId,
        await this.#stamp(definition),
      ]);
      const warm = this.#takeDebugged(name) ?? this.#takeWarm(name, key);
      if (warm !== undefined) handlers.add(warm);
      const create = async () => {
        // Kill idle processes of other functions to stay within the limit.
        while (this.#idle.length > 0 && this.#idle.length + this.#count > maxProcesses)
          this.#idle.shift()?.handler.kill();
        const created = await this.#create(definition, version, false);
        handlers.add(created);
        return created;
      };
      for (const handler of handlers) this.#busy.add(handler);
      const { initTimeoutMs = INIT_TIMEOUT_MS } = this.#options;
      const result = await runFunction(event, {
        fn,
        version,
        warm,
        create,
        initTimeoutMs,
        ...(onChunk !== undefined && { onChunk }),
      });
      const { reusable } = result;
      if (reusable?.isDebugged === true) this.#debugged.set(name, reusable);
      else if (reusable !== undefined) this.#keepWarm({ name, key, handler: reusable });
      return result;
    } finally {
      for (const handler of handlers) this.#busy.delete(handler);
      this.#count--;
      this.#running.set(name, (this.#running.get(name) ?? 1) - 1);
    }
  }

  /** Kills a function's warm processes, so that the next event starts a new one. */
  restart(name: string): void {
    this.#endDebugged(name);
    for (const entry of this.#idle) if (entry.name === name) entry.handler.kill();
    this.#idle = this.#idle.filter((entry) => entry.name !== name);
  }

  /**
   * Starts a Node.js process that waits for a debugger, and returns the inspector's `ws://` URL. The function's events
   * run in it, without timeout or memory limit, until `restart`. Rejects if the process can't be started.
   */
  async debug(definition: WorkspaceFunction, version: string): Promise<string> {
    this.restart(definition.name);
    const handler = await this.#create(definition, version, true);
    this.#busy.delete(handler);
    this.#debugged.set(definition.name, handler);
    void handler.start(() => undefined);
    return handler.debuggerAddress;
  }

  /** Kills all processes. */
  close(): void {
    this.#isClosed = true;
    const all = [...this.#busy, ...this.#idle.map((entry) => entry.handler), ...this.#debugged.values()];
    killTrees(all.flatMap(({ tree }) => tree ?? []));
    for (const handler of all) handler.release();
    this.#idle = [];
    this.#guard.close();
  }

  async #create(definition: WorkspaceFunction, version: string, isDebugged: boolean): Promise<HandlerProcess> {
    const { runtimes, hasCredentials } = this.#options;
    const launch = await launchOf(definition, runtimes);
    if (this.#isClosed) throw new Error('The local endpoint has stopped.');
    const { name, fn } = definition;
    const handler = new HandlerProcess({ name, version, fn, launch, guard: this.#guard, isDebugged, hasCredentials });
    this.#busy.add(handler);
    return handler;
  }

  /** Identifies the state of a function's code: its location and modification times. */
  async #stamp(definition: WorkspaceFunction): Promise<string> {
    const { taskRoot, builtRoot, fn } = definition;
    const key = JSON.stringify([taskRoot, builtRoot, fn.handler, fn.runtime]);
    const computeStamp = async () => {
      const root = rootOf(definition).taskRoot;
      return `${root} ${await sourceStamp(root)}`;
    };
    const stamp = this.#stamps.get(key) ?? createTimedCache(computeStamp).get;
    this.#stamps.set(key, stamp);
    return stamp();
  }

  /** Keeps a process for the next event, and kills it after the idle time. */
  #keepWarm(idle: IdleProcess): void {
    this.#idle.push(idle);
    const evict = () => {
      if (!this.#idle.includes(idle)) return;
      this.#idle = this.#idle.filter((entry) => entry !== idle);
      idle.handler.kill();
    };
    setTimeout(evict, this.#options.idleMs ?? IDLE_MS).unref();
  }

  #takeDebugged(name: string): HandlerProcess | undefined {
    const handler = this.#debugged.get(name);
    this.#debugged.delete(name);
    return handler?.hasExited === false ? handler : undefined;
  }

  #endDebugged(name: string): void {
    this.#debugged.get(name)?.kill();
    this.#debugged.delete(name);
  }

  /** Takes the most recently used matching process. Kills processes with outdated code and removes exited ones. */
  #takeWarm(name: string, key: string): HandlerProcess | undefined {
    let match: HandlerProcess | undefined;
    const remaining: IdleProcess[] = [];
    for (const idle of this.#idle.slice().reverse()) {
      const isSame = idle.name === name && idle.key === key && !idle.handler.hasExited;
      if (isSame && match === undefined) match = idle.handler;
      else if (isSame || !this.#isOutdated(idle, name, key)) remaining.push(idle);
      else idle.handler.kill();
    }
    this.#idle = remaining.slice().reverse();
    return match;
  }

  /**
   * Whether a process of the function has exited or runs outdated code. A different version or tenant isn't outdated.
   */
  #isOutdated(idle: IdleProcess, name: string, key: string): boolean {
    if (idle.name !== name) return false;
    const [fn, , root, , stamp] = JSON.parse(key) as unknown[];
    const [idleFn, , idleRoot, , idleStamp] = JSON.parse(idle.key) as unknown[];
    const same = JSON.stringify([fn, root, stamp]) === JSON.stringify([idleFn, idleRoot, idleStamp]);
    return idle.handler.hasExited || !same;
  }
}
