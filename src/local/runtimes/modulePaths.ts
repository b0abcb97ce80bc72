import { delimiter } from 'node:path';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** Folders outside the code in which a function's process finds modules and programs. The first one takes precedence. */
export interface ModulePaths {
  /** Folders with Node.js packages, or with Python modules. */
  readonly modules: readonly string[];
  /** Folders with programs, which precede those of the user's PATH. */
  readonly programs: readonly string[];
}

/** For the bootstrap of Python functions, which removes it from the environment. */
const PYTHON_MODULES = 'LAMBDA_INVOKE_MODULES';

/**
 * The environment variables that name the folders with a function's modules and programs. As on Lambda, the code folder is
 * the last one for Node.js, and the first one for Python. Source: Lambda developer guide, "Lambda environment variables".
 */
export function moduleVariables(
  { fn }: Pick<WorkspaceFunction, 'fn'>,
  taskRoot: string,
  { modules, programs }: ModulePaths,
): Readonly<Record<string, string>> {
  const path = [...programs, process.env['PATH'] ?? ''].filter((each) => each !== '').join(delimiter);
  return {
    ...(fn.runtime.startsWith('nodejs') && { NODE_PATH: [...modules, taskRoot].join(delimiter) }),
    ...(fn.runtime.startsWith('python') && modules.length > 0 && { [PYTHON_MODULES]: modules.join(delimiter) }),
    ...(programs.length > 0 && { PATH: path }),
  };
}
