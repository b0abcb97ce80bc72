import { delimiter, join } from 'node:path';
import { optEntries, optPaths } from '../layers/optFolders.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** Folders outside the code in which a function's process finds modules and programs. The first one takes precedence. */
export interface ModulePaths {
  /** Folders with Node.js packages, or with Python modules. */
  readonly modules: readonly string[];
  /** Folders with programs. */
  readonly programs: readonly string[];
  /** Folders with shared libraries. */
  readonly libraries?: readonly string[];
  /** Folders with the content of `/opt`. See `optEntries`. */
  readonly opt?: readonly string[];
}

/** For the bootstraps, which remove them from the environment. */
const PYTHON_MODULES = 'LAMBDA_INVOKE_MODULES';
const OPT_FOLDERS = 'LAMBDA_INVOKE_OPT';

/** Programs and libraries in layers are built for Linux. */
const IS_LINUX = process.platform === 'linux';

/** The folders that precede those of layers in LD_LIBRARY_PATH on Lambda, and their counterparts in Debian. */
const SYSTEM_LIBRARIES = [
  '/lib64',
  '/usr/lib64',
  ...['/lib', '/usr/lib'].map((folder) => join(folder, `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`)),
];

/** The folders below `/opt` that a runtime searches for modules. Python doesn't if the function sets PYTHONPATH. */
function optModules({ runtime, environment }: WorkspaceFunction['fn']): string[] {
  const node = /^nodejs(\d+)/.exec(runtime)?.[1];
  if (node !== undefined) return [`nodejs/node${node}/node_modules`, 'nodejs/node_modules'];
  const python = /^python\d+\.\d+/.exec(runtime)?.[0];
  if (python === undefined || environment['PYTHONPATH'] !== undefined) return [];
  return [`python/lib/${python}/site-packages`, 'python'];
}

/**
 * The folders of a function's layers, and the folders with packages that its framework adds to the code. Source: Lambda
 * developer guide, "Packaging your layer content"; for PYTHONPATH, AWS's Python runtime.
 */
export function modulePathsOf({ fn, layers = [], packageFolders = [] }: WorkspaceFunction): ModulePaths {
  const modules = optModules(fn).flatMap((path) => optPaths(layers, path));
  return {
    modules: [...packageFolders, ...modules],
    programs: optPaths(layers, 'bin'),
    libraries: optPaths(layers, 'lib'),
    opt: optEntries(layers),
  };
}

/**
 * The environment variables that name the folders with a function's modules and programs. As on Lambda, the code folder is
 * the last one for Node.js, and the first one for Python. Source: Lambda developer guide, "Lambda environment variables".
 */
export function moduleVariables(
  { fn }: Pick<WorkspaceFunction, 'fn'>,
  taskRoot: string,
  { modules, programs, libraries = [], opt = [] }: ModulePaths,
): Readonly<Record<string, string>> {
  const userPath = process.env['PATH'] ?? '';
  // Elsewhere, a program of the same name on the user's PATH is more useful than one for Linux.
  const path = (IS_LINUX ? [...programs, userPath] : [userPath, ...programs]).filter((each) => each !== '');
  return {
    ...(fn.runtime.startsWith('nodejs') && { NODE_PATH: [...modules, taskRoot].join(delimiter) }),
    ...(fn.runtime.startsWith('python') && modules.length > 0 && { [PYTHON_MODULES]: modules.join(delimiter) }),
    ...(programs.length > 0 && { PATH: path.join(delimiter) }),
    ...(IS_LINUX && libraries.length > 0 && { LD_LIBRARY_PATH: [...SYSTEM_LIBRARIES, ...libraries].join(delimiter) }),
    ...(opt.length > 0 && !fn.runtime.startsWith('provided') && { [OPT_FOLDERS]: opt.join(delimiter) }),
  };
}
