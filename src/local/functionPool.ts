import { HandlerProcess } from './handlerProcess.ts';
import { runFunction, type FunctionAnswer } from './runFunction.ts';
import type { OnChunk, RuntimeEvent } from './runtimeApi.ts';
import { sourceStamp } from './sourceStamp.ts';
import type { WorkspaceFunction } from './workspaceFunctions.ts';

/** All functions together run in at most this many processes at a time; Lambda's account limit is higher. */
const MOST_PROCESSES = 50;

/** A warm process that has nothing to do for this long is ended. */
const IDLE_MS = 10 * 60_000;

/** Every process is busy: answered with 429, as Lambda does. */
export class TooManyProcesses extends Error {}

interface Warm {
  readonly handler: HandlerProcess;
  readonly key: string;
}

/** The handler processes: one event each at a time, kept warm for the next one of the same code and configuration. */
export class FunctionPool {
  readonly #bootstrapPath: string;
  readonly #idle: Warm[] = [];
  readonly #busy = new Set<HandlerProcess>();

  constructor(bootstrapPath: string) {
    this.#bootstrapPath = bootstrapPath;
  }

  /** Runs one event of a function, warm where a process waits; see runFunction. Rejects with TooManyProcesses only. */
  async run(
    name: string,
    { fn, folder }: WorkspaceFunction,
    event: RuntimeEvent,
    onChunk?: OnChunk,
  ): Promise<FunctionAnswer> {
    const key = JSON.stringify([name, fn, folder, await sourceStamp(folder)]);
    const warm = this.#takeWarm(key, name);
    if (warm === undefined && this.#busy.size >= MOST_PROCESSES) throw new TooManyProcesses();
    const setup = { name, fn, taskRoot: folder, bootstrapPath: this.#bootstrapPath };
    const handler = warm ?? new HandlerProcess(setup);
    this.#busy.add(handler);
    try {
      const answer = await runFunction(handler, event, {
        fn,
        isCold: warm === undefined,
        ...(onChunk !== undefined && { onChunk }),
      });
      if (answer.isReusable) this.#keepWarm({ handler, key });
      return answer;
    } finally {
      this.#busy.delete(handler);
    }
  }

  /** Ends every process. */
  close(): void {
    for (const handler of [...this.#busy, ...this.#idle.map((warm) => warm.handler)]) handler.kill();
    this.#idle.length = 0;
  }

  /** Keeps a process for the next event; one that nobody needs for a while is ended. */
  #keepWarm(warm: Warm): void {
    this.#idle.push(warm);
    const end = () => {
      const at = this.#idle.indexOf(warm);
      if (at !== -1) this.#idle.splice(at, 1)[0]?.handler.kill();
    };
    setTimeout(end, IDLE_MS).unref();
  }

  #takeWarm(key: string, name: string): HandlerProcess | undefined {
    const isSameFunction = (warm: Warm) => warm.key.startsWith(`[${JSON.stringify(name)},`);
    for (let at = this.#idle.length - 1; at >= 0; at--) {
      const warm = this.#idle[at];
      if (warm === undefined || !isSameFunction(warm)) continue;
      const isCurrent = warm.key === key && !warm.handler.hasExited;
      this.#idle.splice(at, 1);
      if (isCurrent) return warm.handler;
      warm.handler.kill(); // older code, or gone
    }
    return undefined;
  }
}
