import { randomUUID } from 'node:crypto';
import { DURABLE_LIMITS } from '../../core/durable/durableLimits.ts';
import { executionId, startExecution, type Execution, type ExecutionStart } from '../../core/durable/execution.ts';
import type { Message } from '../../core/messages/messages.ts';
import { ExecutionRunner } from './executionRunner.ts';
import type { RunnerParts } from './runnerParts.ts';
import type { ExecutionStore } from './executionStore.ts';
import type { Journal } from './journalFile.ts';

/** The maximum number of ended executions, and the maximum size of their journals in bytes. */
const MAX_ENDED = 1000;
const MAX_ENDED_BYTES = 67_108_864;

/** The maximum number of executions that haven't ended. */
const MAX_RUNNING = 1000;

const DAY_MS = 86_400_000;

/** Where an execution gets its invocations from. `environment` overrides variables, and is only in memory. */
type CreateParts = (
  execution: Execution,
  environment: Readonly<Record<string, string>> | undefined,
) => Pick<RunnerParts, 'prepare' | 'chain' | 'isDebugged'>;

interface Parts {
  readonly store: ExecutionStore;
  readonly now: () => number;
  readonly createParts: CreateParts;
}

export interface StartRequest extends Omit<ExecutionStart, 'arn' | 'name' | 'at' | 'hasVariables'> {
  /** Qualified with the version. */
  readonly functionArn: string;
  readonly name?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** `key`: the ARN without the ID. */
function keyOf(arn: string): string {
  return arn.slice(0, arn.lastIndexOf('/'));
}

export function newExecutionArn(functionArn: string, name: string = randomUUID()): string {
  return `${functionArn}/durable-execution/${name}/${randomUUID()}`;
}

/**
 * The durable executions of the local functions. The same name and payload run once. Ended executions are kept for
 * their retention period, within the limits. Source: Lambda API reference, Invoke, DurableExecutionName.
 */
export class DurableExecutions {
  readonly #parts: Parts;
  /** By ID, the oldest one first. */
  readonly #runners = new Map<string, ExecutionRunner>();
  /** The ID of the last execution with each name. */
  readonly #ids = new Map<string, string>();
  #loaded: Promise<void> | undefined;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get problems(): readonly Message[] {
    return this.#parts.store.problems;
  }

  /** Reads the stored executions once. Those that haven't ended are suspended. */
  load(): Promise<void> {
    this.#loaded ??= (async () => {
      for (const { execution, journal } of await this.#parts.store.load())
        this.#add(execution, journal, { isSuspended: true });
      this.prune();
    })();
    return this.#loaded;
  }

  /**
   * Returns the execution with this name, which is created if necessary; `taken` if the name was used with another payload
   * (DurableExecutionAlreadyStartedException, 409), and `full` if too many executions are running. A new execution starts
   * with `step`, a suspended one with `resume`.
   */
  start({ functionArn, name, environment, ...rest }: StartRequest, arn?: string): ExecutionRunner | 'taken' | 'full' {
    const known = name === undefined ? undefined : this.#runners.get(this.#ids.get(nameKey(functionArn, name)) ?? '');
    if (known !== undefined) return known.execution.start.input === rest.input ? known : 'taken';
    let running = 0;
    for (const { execution } of this.#runners.values()) if (execution.end === undefined) running++;
    if (running >= MAX_RUNNING) return 'full';
    const executionArn = arn ?? newExecutionArn(functionArn, name);
    const [, executionName = ''] = /\/([^/]*)\/[^/]*$/.exec(executionArn) ?? [];
    const start: ExecutionStart = {
      arn: executionArn,
      name: executionName,
      ...rest,
      at: this.#parts.now(),
      ...(environment !== undefined && { hasVariables: true }),
    };
    return this.#add(startExecution(start), this.#parts.store.create(start), { isSuspended: false, environment });
  }

  byArn(arn: string): ExecutionRunner | undefined {
    const runner = this.#runners.get(executionId(arn));
    return runner?.execution.start.arn === arn ? runner : undefined;
  }

  byId(id: string): ExecutionRunner | undefined {
    return this.#runners.get(id);
  }

  /** The oldest one first. */
  all(): ExecutionRunner[] {
    return [...this.#runners.values()];
  }

  /** Forgets an execution that couldn't start, so that it doesn't use up its name. */
  remove(runner: ExecutionRunner): void {
    const { arn } = runner.execution.start;
    runner.suspend();
    runner.removeJournal();
    this.#runners.delete(executionId(arn));
    if (this.#ids.get(keyOf(arn)) === executionId(arn)) this.#ids.delete(keyOf(arn));
  }

  /** Stops and deletes all executions, also damaged files. */
  async clear(): Promise<void> {
    await this.load();
    for (const runner of this.all()) this.remove(runner);
    await this.#parts.store.clear();
  }

  /** Deletes ended executions whose retention period is over, and the oldest ones over the limits. */
  prune(): void {
    const now = this.#parts.now();
    const ended = this.all().filter(({ execution }) => execution.end !== undefined);
    let bytes = ended.reduce((sum, runner) => sum + runner.bytes, 0);
    let count = ended.length;
    for (const runner of ended.sort((one, other) => endOf(one) - endOf(other))) {
      const { retentionDays = DURABLE_LIMITS.retentionDays } = runner.execution.start;
      const isOver = now - endOf(runner) > retentionDays * DAY_MS;
      if (!isOver && count <= MAX_ENDED && bytes <= MAX_ENDED_BYTES) continue;
      count--;
      bytes -= runner.bytes;
      this.remove(runner);
    }
  }

  /** Suspends all executions. They continue when another endpoint resumes them. */
  close(): void {
    this.#isClosed = true;
    for (const runner of this.#runners.values()) runner.suspend();
    this.#parts.store.close();
  }

  #add(
    execution: Execution,
    journal: Journal,
    { isSuspended, environment }: { isSuspended: boolean; environment?: StartRequest['environment'] },
  ): ExecutionRunner {
    const { now, createParts } = this.#parts;
    const parts = { ...createParts(execution, environment), now, journal, onEnd: () => this.prune() };
    const runner = new ExecutionRunner(execution, parts, { isSuspended: isSuspended || this.#isClosed });
    const { arn } = execution.start;
    this.#runners.set(executionId(arn), runner);
    this.#ids.set(keyOf(arn), executionId(arn));
    return runner;
  }
}

function nameKey(functionArn: string, name: string): string {
  return `${functionArn}/durable-execution/${name}`;
}

function endOf({ execution }: ExecutionRunner): number {
  return execution.end?.at ?? 0;
}
