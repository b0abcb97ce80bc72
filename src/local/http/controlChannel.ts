import { relative } from 'node:path';
import type { ControlRequest, LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { defaultVersion } from '../../core/functions/managedInstances.ts';
import { message } from '../../core/messages/messages.ts';
import type { EventQueue } from '../process/eventQueue.ts';
import type { FunctionLogs } from '../process/functionLogs.ts';
import type { FunctionPool } from '../process/functionPool.ts';
import { notBuiltNotes } from '../code/buildCommand.ts';
import { sourceFileOf } from '../code/codeOf.ts';
import { overrideVariables } from '../workspace/overrideVariables.ts';
import { findSdkImports } from '../code/findSdkImports.ts';
import { allDifferencesOf, interpreterVersion, pythonOf, type Runtimes } from '../runtimes/launch.ts';
import type { WorkspaceFunction, WorkspaceFunctions } from '../workspace/workspaceFunctions.ts';

interface Parts {
  readonly functions: Pick<WorkspaceFunctions, 'refresh' | 'find'>;
  readonly pool: Pick<FunctionPool, 'restart' | 'debug' | 'stopDebugging'>;
  readonly logs: Pick<FunctionLogs, 'get' | 'ofInvocation' | 'live'>;
  readonly events: Pick<EventQueue, 'whenEmpty'>;
  readonly runtimes: Runtimes;
}

async function toView(definition: WorkspaceFunction, runtimes: Runtimes): Promise<LocalFunctionView> {
  const { name, plainName, fn, folder, file, line, obstacle, placeholders, events } = definition;
  // Treat an interpreter that can't be queried as missing, so that other functions are still listed.
  const localVersion =
    obstacle === undefined ? await interpreterVersion(definition, runtimes).catch(() => undefined) : undefined;
  const isMissing = obstacle === undefined && localVersion === undefined && !fn.runtime.startsWith('provided');
  const setting = fn.runtime.startsWith('python') ? 'lambdaInvoke.local.pythonPath' : 'lambdaInvoke.local.nodePath';
  const missing = message('interpreterMissing', fn.runtime, 'PATH', setting);
  const source = sourceFileOf(definition);
  return {
    name,
    plainName,
    otherNames: definition.otherNames,
    runtime: fn.runtime,
    handler: fn.handler,
    timeout: fn.timeout,
    memorySize: fn.memorySize,
    folder,
    file,
    fileName: relative(folder, file),
    ...(line !== undefined && { line }),
    ...(source !== undefined && { source }),
    ...(obstacle !== undefined && { obstacle }),
    ...(isMissing && { obstacle: missing }),
    notes: [
      ...(await allDifferencesOf(definition, runtimes)),
      ...(obstacle === undefined ? notBuiltNotes(definition) : []),
    ],
    ...(placeholders !== undefined && { placeholders }),
    ...(events !== undefined && { events }),
    canDebug: !fn.runtime.startsWith('provided') && obstacle === undefined && !isMissing,
  };
}

/**
 * Handles a control request: list functions, find their placeholders or their imports of an SDK, read or follow a log,
 * wait for events, restart or debug a function, or stop debugging it. Rejects with Error if the function doesn't exist or
 * the debugger doesn't start.
 */
export async function handleControlRequest(
  request: ControlRequest,
  { functions, pool, logs, events, runtimes }: Parts,
): Promise<unknown> {
  if (request.what === 'functions') {
    const { functions: all, problems, files } = await functions.refresh();
    return { functions: await Promise.all(all.map((definition) => toView(definition, runtimes))), problems, files };
  }
  if (request.what === 'eventsEnd') return events.whenEmpty();
  if (request.what === 'invocationLog') return logs.ofInvocation(request.requestId);
  if (request.what === 'readLog') return logs.live.read(request.id);
  if (request.what === 'endLog') return logs.live.close(request.id);
  if (request.what === 'sdkImports') {
    const named = request.name === undefined ? undefined : await functions.find(request.name);
    const all = named === undefined ? (await functions.refresh()).functions : [named];
    return findSdkImports(all, { pythonOf: async (each) => (await pythonOf(each, runtimes)).program });
  }
  const { name } = request;
  if (request.what === 'log') return logs.get(name);
  if (request.what === 'restart') return pool.restart(name);
  if (request.what === 'stopDebugging') return pool.stopDebugging(name, request.address);
  const definition = await functions.find(name);
  if (request.what === 'followLog') return logs.live.open(definition?.name ?? name);
  if (request.what === 'placeholders') return definition?.placeholders ?? [];
  if (definition === undefined) throw new Error(`Local function not found: ${name}.`);
  const { environment, debugpy } = { environment: undefined, debugpy: undefined, ...request };
  return pool.debug(overrideVariables(definition, environment), defaultVersion(definition.fn.isManaged), debugpy);
}
