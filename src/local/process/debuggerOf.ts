import { dirname, join } from 'node:path';
import { isFolder } from '../code/pathKind.ts';
import type { Launch, Runtimes } from '../runtimes/launch.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { createNodeDebugger } from './nodeDebugger.ts';
import type { ProcessDebugger } from './processDebugger.ts';
import { createPythonDebugger } from './pythonDebugger.ts';

interface DebuggerOptions extends Pick<Runtimes, 'pythonBootstrap'> {
  /** The folder of the package debugpy. */
  readonly debugpy: string | undefined;
}

/** The debugger for a function's process. Rejects with Error if none supports its runtime. */
export async function debuggerOf(
  { fn, taskRoot }: Pick<WorkspaceFunction, 'fn' | 'taskRoot'>,
  launch: Launch,
  { pythonBootstrap, debugpy }: DebuggerOptions,
): Promise<ProcessDebugger> {
  if (fn.runtime.startsWith('nodejs')) return createNodeDebugger(launch.program);
  if (!fn.runtime.startsWith('python')) throw new Error(`No debugger supports ${fn.runtime}.`);
  if (debugpy === undefined) throw new Error('The Python Debugger extension is missing.');
  const script = join(dirname(pythonBootstrap), 'debugger.py');
  // Build output contains copies of the sources in which the user sets breakpoints.
  const isCopy = launch.taskRoot !== taskRoot && isFolder(taskRoot);
  return createPythonDebugger({ script, debugpy, ...(isCopy && { copy: { of: taskRoot, path: launch.taskRoot } }) });
}
