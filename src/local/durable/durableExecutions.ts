import { createHash, randomUUID } from 'node:crypto';
import type { FunctionResponse } from '../process/runFunction.ts';

/** An execution as the answer names it. */
export interface DurableExecution {
  readonly DurableExecutionArn: string;
  readonly answer: Promise<FunctionResponse>;
}

interface Kept extends DurableExecution {
  readonly payloadHash: string;
}

/** More executions than this are not remembered: the oldest are forgotten. */
const MAX_KEPT = 1000;

/**
 * Durable executions, in memory: a name and a payload run once, and whoever asks again gets that execution's answer.
 * The function runs from its beginning to its end: checkpoints and waits are not modelled.
 * Source: Lambda API reference, Invoke, DurableExecutionName.
 */
export class DurableExecutions {
  readonly #kept = new Map<string, Kept>();

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
    const known = this.#kept.get(key);
    if (known !== undefined) return known.payloadHash === payloadHash ? known : undefined;
    const DurableExecutionArn = `${key}/${randomUUID()}`;
    const answer = run(DurableExecutionArn);
    // One that was never begun (throttled) has not taken the name.
    answer.catch(() => this.#kept.delete(key));
    const execution = { DurableExecutionArn, payloadHash, answer };
    this.#kept.set(key, execution);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return execution;
  }
}
