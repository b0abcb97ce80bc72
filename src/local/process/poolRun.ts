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
}
