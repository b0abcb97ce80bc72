import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { handlerParts } from '../../core/functions/handlerParts.ts';
import { message, toSentence, type Message } from '../../core/messages/messages.ts';
import { differencesOf } from './differences.ts';
import { heapFlags } from './heapLimit.ts';
import { isExecutable, nodeOnPath, pythonOf, versionOfProgram } from './executables.ts';
import { moduleFlags, typeScriptFlags } from './nodeFlags.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** The bootstrap files of this extension, and the interpreters from the settings. */
export interface Runtimes {
  readonly nodeBootstrap: string;
  readonly pythonBootstrap: string;
  /** Interpreter paths from the settings; detected if empty or absent. */
  readonly node?: string;
  readonly python?: string;
}

/** The command line of a function's process. */
interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly taskRoot: string;
}

/** A command line, and messages about how the function differs from its deployed version. */
export interface Launch extends Command {
  readonly differences: readonly Message[];
}

/** A function that can't be started, with Lambda's error type. */
class LaunchError extends Error {
  readonly errorType = 'Runtime.InvalidEntrypoint';
}

/** Makes Python use UTF-8 on Windows, as on Lambda. On other systems, it follows LANG. */
const UTF_8 = process.platform === 'win32' ? ['-X', 'utf8'] : [];

const NODE_SOURCES = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/** The files that may contain the handler, relative to the code folder and in order of precedence. */
function handlerFiles({ runtime, handler }: WorkspaceFunction['fn']): string[] {
  if (runtime.startsWith('provided')) return ['bootstrap'];
  const module = handlerParts(handler)?.modulePath ?? handler;
  if (runtime.startsWith('python')) return [`${handler.slice(0, handler.lastIndexOf('.')).replaceAll('.', '/')}.py`];
  return NODE_SOURCES.map((extension) => `${module}${extension}`);
}

/** The paths of the files that may contain the handler, in order of precedence. */
export function handlerPaths({ fn, taskRoot, builtRoot }: WorkspaceFunction): string[] {
  const roots = builtRoot === undefined ? [taskRoot] : [taskRoot, builtRoot];
  return roots.flatMap((root) => handlerFiles(fn).map((name) => join(root, name)));
}

/**
 * The folder to run and the handler's file: the source folder, or the build output if the source has no such handler.
 */
export function rootOf(definition: WorkspaceFunction): { readonly taskRoot: string; readonly file?: string } {
  const names = handlerFiles(definition.fn);
  for (const root of [definition.taskRoot, definition.builtRoot]) {
    const name = root === undefined ? undefined : names.find((each) => existsSync(join(root, each)));
    if (root !== undefined && name !== undefined) return { taskRoot: root, file: join(root, name) };
  }
  return { taskRoot: definition.taskRoot };
}

const isTypeScript = (file: string | undefined) => /\.[cm]?ts$/.test(file ?? '');

/** The folders with the code to run: for a handler in TypeScript also the build output, which older Node.js runs. */
export function codeRoots(definition: WorkspaceFunction): string[] {
  const { taskRoot, file } = rootOf(definition);
  const { builtRoot } = definition;
  return isTypeScript(file) && builtRoot !== undefined && builtRoot !== taskRoot ? [taskRoot, builtRoot] : [taskRoot];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The `sam build` output folder, if it has the handler compiled to JavaScript. */
function builtRootOf({ fn, builtRoot }: WorkspaceFunction): string | undefined {
  if (builtRoot === undefined) return undefined;
  const isBuilt = handlerFiles(fn).some((name) => name.endsWith('js') && existsSync(join(builtRoot, name)));
  return isBuilt ? builtRoot : undefined;
}

async function commandOf(definition: WorkspaceFunction, runtimes: Runtimes): Promise<Command> {
  const { runtime, memorySize } = definition.fn;
  const { taskRoot, file } = rootOf(definition);
  if (definition.obstacle !== undefined) throw new LaunchError(toSentence(definition.obstacle));
  if (!isFolder(taskRoot)) throw new LaunchError(toSentence(message('codeFolderMissing', taskRoot, definition.name)));
  if (runtime.startsWith('provided')) {
    const program = join(taskRoot, 'bootstrap');
    if (!(await isExecutable(program))) {
      throw new LaunchError(`Couldn't find valid bootstrap(s): [${program}]`);
    }
    return { program, args: [], taskRoot };
  }
  if (runtime.startsWith('python')) {
    const program = runtimes.python || (await pythonOf(definition.folder));
    if (program === undefined) {
      throw new LaunchError(
        toSentence(message('interpreterMissing', 'Python 3', 'PATH', 'lambdaInvoke.local.pythonPath')),
      );
    }
    return { program, args: [...UTF_8, runtimes.pythonBootstrap], taskRoot };
  }
  const program = runtimes.node || (await nodeOnPath());
  const args = [...heapFlags(memorySize), runtimes.nodeBootstrap];
  const javaScript = async (root: string) => {
    return { program, args: [...(await moduleFlags(program, definition.fn)), ...args], taskRoot: root };
  };
  if (!isTypeScript(file)) return javaScript(taskRoot);
  // Type stripping leaves ES module syntax in .ts files, so it needs the features that moduleFlags would disable.
  const flags = await typeScriptFlags(program);
  if (flags !== undefined) return { program, args: [...flags, ...args], taskRoot };
  const builtTaskRoot = builtRootOf(definition);
  if (builtTaskRoot !== undefined) return javaScript(builtTaskRoot);
  throw new LaunchError(toSentence(message('typeScriptNeedsNode', (await versionOfProgram(program)) ?? '?')));
}

/**
 * The local interpreter's display name, such as `Node.js v20.20.2` or `Python 3.11.2`. Undefined for a custom runtime
 * or a missing interpreter.
 */
export async function interpreterVersion(
  definition: WorkspaceFunction,
  runtimes: Runtimes,
): Promise<string | undefined> {
  const { runtime } = definition.fn;
  if (runtime.startsWith('python')) {
    const program = runtimes.python || (await pythonOf(definition.folder));
    return program === undefined ? undefined : versionOfProgram(program);
  }
  if (!runtime.startsWith('nodejs')) return undefined;
  const version = await versionOfProgram(runtimes.node || (await nodeOnPath()));
  return version === undefined ? undefined : `Node.js ${version}`;
}

/**
 * The command line for a function, and how the function differs from its deployed version. Rejects with LaunchError,
 * whose message names what is missing.
 */
export async function launchOf(definition: WorkspaceFunction, runtimes: Runtimes): Promise<Launch> {
  const command = await commandOf(definition, runtimes);
  const version = await interpreterVersion(definition, runtimes).catch(() => undefined);
  return { ...command, differences: differencesOf(definition, version) };
}
