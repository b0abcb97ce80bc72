import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import type { OnLog } from './invocationLog.ts';
import type { OnChunk, RuntimeEvent } from './runtimeChannel.ts';

/** One event for a function, with its version and tenant. */
export interface PoolRun {
  readonly definition: WorkspaceFunction;
  readonly version: string;
  readonly tenantId?: string;
  /** Environment variables that override the function's. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly event: RuntimeEvent;
  readonly onChunk?: OnChunk;
  readonly onLog?: OnLog;
  /** A limit of the function's timeout, in seconds. */
  readonly maxTimeout?: number;
}

/** The function with a timeout of at most `maxTimeout` seconds. */
export function limitTimeout(fn: LocalFunction, maxTimeout = Infinity): LocalFunction {
  return fn.timeout > maxTimeout ? { ...fn, timeout: maxTimeout } : fn;
}
