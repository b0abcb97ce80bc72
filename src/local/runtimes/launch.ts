import { dirname, join } from 'node:path';
import { builtRootOf, isFolder, isTypeScript, rootOf } from '../code/codeOf.ts';
import { prepareProgram, type PreparedProgram } from '../code/typeScript/prepareProgram.ts';
import { message, toSentence, type Message } from '../../core/messages/messages.ts';
import { differencesOf } from './differences.ts';
import { heapFlags } from './heapLimit.ts';
import { isExecutable, nodeOnPath, pythonOf, versionOfProgram } from './executables.ts';
import { LaunchError } from './launchError.ts';
import { moduleVariables } from './modulePaths.ts';
import { compiledFlags, moduleFlags, typeScriptFlags } from './nodeFlags.ts';
import { nodeSdkFolders, pythonSdkVariable, sdkNotes, type SdkFolders } from './sdkPaths.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** The bootstrap files of this extension, and the interpreters and SDKs from the settings. */
export interface Runtimes extends SdkFolders {
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
  /** The compiled code of a handler in TypeScript. */
  readonly prepared?: PreparedProgram;
}

/** A command line, and messages about how the function differs from its deployed version. */
export interface Launch extends Omit<Command, 'prepared'> {
  /** Variables that name folders of this machine. Those of the function override them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly differences: readonly Message[];
}

/** Makes Python use UTF-8 on Windows, as on Lambda. On other systems, it follows LANG. */
const UTF_8 = process.platform === 'win32' ? ['-X', 'utf8'] : [];

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
  if (file === undefined || !isTypeScript(file)) return javaScript(taskRoot);
  const prepared = await prepareProgram(file, dirname(runtimes.nodeBootstrap));
  if (prepared !== undefined)
    return { program, args: [...(await compiledFlags(program, definition.fn)), ...args], taskRoot, prepared };
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
  const { prepared, ...command } = await commandOf(definition, runtimes);
  const version = await interpreterVersion(definition, runtimes).catch(() => undefined);
  const { fn } = definition;
  const paths = { modules: nodeSdkFolders(fn, runtimes), programs: [] };
  const environment = {
    ...moduleVariables(definition, command.taskRoot, paths),
    ...pythonSdkVariable(fn, runtimes),
    ...prepared?.environment,
  };
  const notes = [...sdkNotes(fn, runtimes), ...(prepared?.notes ?? [])];
  return { ...command, environment, differences: [...differencesOf(definition, version), ...notes] };
}
