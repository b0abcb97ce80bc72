import type { Entry } from '../../core/durable/journal.ts';
import type { Operation, OperationUpdate } from '../../core/durable/operation.ts';
import type { Message } from '../../core/messages/messages.ts';
import type { FunctionResponse } from '../process/runFunction.ts';
import type { ExecutionRunner } from './executionRunner.ts';
import type { Journal } from './journalFile.ts';

/** An invocation that can start now. */
export interface ReadyInvocation {
  /** Identifies the code that runs. */
  readonly code: string;
  readonly requestId: string;
  run(event: Buffer): Promise<FunctionResponse>;
  /** Adds the log of the invocation to that of its function, after these notes. */
  log(response: FunctionResponse, notes: readonly Message[]): void;
}

export interface RunnerParts {
  readonly now: () => number;
  readonly journal: Journal;
  /** Prepares the next invocation. */
  readonly prepare: () => Promise<ReadyInvocation | 'throttled' | 'gone'>;
  /** Starts what chained invokes of a checkpoint run, or runs them again after a restart. */
  readonly chain: (runner: ExecutionRunner, ids: readonly string[]) => void;
  /** Whether a debugger controls the function, so that the execution doesn't time out. */
  readonly isDebugged: () => boolean;
  readonly onEnd: (runner: ExecutionRunner) => void;
}

/** Why a request about an execution is rejected. */
export class DurableError extends Error {
  override readonly name: string;

  constructor(message: string, name = 'InvalidParameterValueException') {
    super(message);
    this.name = name;
  }
}

/** A checkpoint of a handler. */
export interface CheckpointRequest {
  readonly token: string;
  readonly updates: readonly OperationUpdate[];
  readonly clientToken?: string;
  readonly chained?: NonNullable<Extract<Entry, { entry: 'checkpoint' }>['chained']>;
}

export interface CheckpointResponse {
  readonly CheckpointToken?: string;
  readonly NewExecutionState: { readonly Operations: readonly Operation[] };
}
