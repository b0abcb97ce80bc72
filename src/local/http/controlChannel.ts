import { relative } from 'node:path';
import type { ControlRequest, LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import type { FunctionLogs } from '../process/functionLogs.ts';
import type { FunctionPool } from '../process/functionPool.ts';
import { rootOf, runsOn, type Runtimes } from '../runtimes/launch.ts';
import type { WorkspaceFunction, WorkspaceFunctions } from '../workspace/workspaceFunctions.ts';

interface Parts {
  readonly functions: Pick<WorkspaceFunctions, 'list' | 'find'>;
  readonly pool: Pick<FunctionPool, 'restart' | 'debug'>;
  readonly logs: Pick<FunctionLogs, 'of'>;
  readonly runtimes: Runtimes;
}

/** `nodejs20.x` on Node.js v20 is what it says; on another one that is told. */
function isSameVersion(runtime: string, here: string): boolean {
  const wanted = /^(?:nodejs(\d+)|python(\d+\.\d+))/.exec(runtime);
  const version = wanted?.[1] ?? wanted?.[2];
  const found = /[v ](\d+(?:\.\d+)*)/.exec(here)?.[1];
  return version !== undefined && found !== undefined && `${found}.`.startsWith(`${version}.`);
}

async function toView(found: WorkspaceFunction, runtimes: Runtimes): Promise<LocalFunctionView> {
  const { name, fn, folder, file, line, obstacle } = found;
  // An interpreter that cannot even be asked is none, and hides no other function.
  const here = obstacle === undefined ? await runsOn(found, runtimes).catch(() => undefined) : undefined;
  const isMissing = obstacle === undefined && here === undefined && !fn.runtime.startsWith('provided');
  const setting = fn.runtime.startsWith('python') ? 'lambdaInvoke.local.pythonPath' : 'lambdaInvoke.local.nodePath';
  const missing = message('interpreterMissing', fn.runtime, 'PATH', setting);
  const notes: Message[] = [...found.notes];
  if (here !== undefined && !isSameVersion(fn.runtime, here)) notes.push(message('runsOn', fn.runtime, here));
  const source = rootOf(found).file;
  return {
    name,
    otherNames: found.otherNames,
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
    notes,
    canDebug: fn.runtime.startsWith('nodejs') && obstacle === undefined,
  };
}

/** Answers what is asked beside Invoke. Rejects where the function is gone or the debugger does not start. */
export async function handleControlRequest(
  asked: ControlRequest,
  { functions, pool, logs, runtimes }: Parts,
): Promise<unknown> {
  if (asked.what === 'functions') {
    const { functions: all, problems } = await functions.list();
    // A name that two files give belongs to the first.
    const names = new Set<string>();
    const first = all.filter(({ name }) => !names.has(name) && names.add(name));
    return { functions: await Promise.all(first.map((found) => toView(found, runtimes))), problems };
  }
  const { name } = asked;
  if (asked.what === 'log') return logs.of(name);
  if (asked.what === 'restart') return pool.restart(name);
  const found = await functions.find(name);
  if (found === undefined) throw new Error(`There is no local function ${name}.`);
  return pool.debug(found, '$LATEST');
}
