import { createHash, randomUUID } from 'node:crypto';
import type { FunctionResponse } from '../process/runFunction.ts';

/** A durable execution and the result of its function. */
export interface DurableExecution {
  readonly DurableExecutionArn: string;
  readonly result: Promise<FunctionResponse>;
}

interface StoredExecution extends DurableExecution {
  readonly payloadHash: string;
}

/** The maximum number of remembered executions. The oldest ones are dropped. */
const MAX_EXECUTIONS = 1000;

/**
 * Durable executions, in memory. The same name and payload run once; later invocations receive the first one's result.
 * Checkpoints and waits aren't emulated: the function runs from start to end.
 * Source: Lambda API reference, Invoke, DurableExecutionName.
 */
export class DurableExecutions {
  readonly #executions = new Map<string, StoredExecution>();

  /**
   * Returns the execution with this name, starting it if necessary; undefined if the name was used with another payload
   * (DurableExecutionAlreadyStartedException, 409). `functionArn` must be qualified with the version.
   */
  start(
    { functionArn, name = randomUUID(), payload }: { functionArn: string; name?: string; payload: Buffer },
    run: (executionArn: string) => Promise<FunctionResponse>,
  ): DurableExecution | undefined {
    const key = `${functionArn}/durable-execution/${name}`;
    const payloadHash = createHash('sha256').update(payload).digest('hex');
    const known = this.#executions.get(key);
    if (known !== undefined) return known.payloadHash === payloadHash ? known : undefined;
    const DurableExecutionArn = `${key}/${randomUUID()}`;
    const result = run(DurableExecutionArn);
    // An execution that couldn't start (throttled) doesn't use up the name.
    result.catch(() => this.#executions.delete(key));
    const execution = { DurableExecutionArn, payloadHash, result };
    this.#executions.set(key, execution);
    const [oldest] = this.#executions.keys();
    if (this.#executions.size > MAX_EXECUTIONS && oldest !== undefined) this.#executions.delete(oldest);
    return execution;
  }
}
