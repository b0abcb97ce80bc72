import { createHash, randomUUID } from 'node:crypto';
import type { FunctionResponse } from '../process/runFunction.ts';

/** An execution as the answer names it. */
export interface DurableExecution {
  readonly DurableExecutionArn: string;
  readonly result: Promise<FunctionResponse>;
}

interface StoredExecution extends DurableExecution {
  readonly payloadHash: string;
}

/** More executions than this are not remembered: the oldest are forgotten. */
const MAX_EXECUTIONS = 1000;

/**
 * Durable executions, in memory: a name and a payload run once, and whoever asks again gets that execution's answer.
 * The function runs from its beginning to its end: checkpoints and waits are not modelled.
 * Source: Lambda API reference, Invoke, DurableExecutionName.
 */
export class DurableExecutions {
  readonly #executions = new Map<string, StoredExecution>();

  /**
   * The execution of a name, started where there is none yet. Answers undefined where the name is taken by another
   * payload: DurableExecutionAlreadyStartedException (409). `functionArn` is qualified by the version.
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
    // One that was never begun (throttled) has not taken the name.
    result.catch(() => this.#executions.delete(key));
    const execution = { DurableExecutionArn, payloadHash, result };
    this.#executions.set(key, execution);
    const [oldest] = this.#executions.keys();
    if (this.#executions.size > MAX_EXECUTIONS && oldest !== undefined) this.#executions.delete(oldest);
    return execution;
  }
}
