import { createHash, randomUUID } from 'node:crypto';
import type { FunctionResponse } from '../process/runFunction.ts';

/** A durable execution and the result of its function. */
export interface DurableExecution {
  readonly DurableExecutionArn: string;
  readonly result: Promise<FunctionResponse>;
}

interface StoredExecution extends DurableExecution {
  readonly payloadHash: string;
  /** The size of the result and its log, once it's known. */
  bytes: number;
}

/** The maximum number of remembered executions, and the maximum size of their results and logs in bytes. */
const MAX_EXECUTIONS = 1000;
const MAX_BYTES = 67_108_864;

/**
 * Durable executions, in memory. The same name and payload run once; later invocations receive the first one's result.
 * Checkpoints and waits aren't emulated: the function runs from start to end.
 * Source: Lambda API reference, Invoke, DurableExecutionName.
 */
export class DurableExecutions {
  readonly #executions = new Map<string, StoredExecution>();
  #bytes = 0;

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
    const execution: StoredExecution = { DurableExecutionArn, payloadHash, result, bytes: 0 };
    this.#executions.set(key, execution);
    result.then(
      ({ payload, log }) => {
        execution.bytes = payload.byteLength + log.byteLength;
        if (this.#executions.get(key) === execution) this.#bytes += execution.bytes;
        this.#dropOldest();
      },
      // An execution that couldn't start (throttled) doesn't use up the name.
      () => this.#executions.delete(key),
    );
    this.#dropOldest();
    return execution;
  }

  /** Drops the oldest executions until the limits are met. */
  #dropOldest(): void {
    for (const [key, { bytes }] of this.#executions) {
      if (this.#executions.size <= MAX_EXECUTIONS && this.#bytes <= MAX_BYTES) return;
      this.#executions.delete(key);
      this.#bytes -= bytes;
    }
  }
}
