import { dirname } from 'node:path';
import { missingFolder, notBuilt } from '../code/buildCommand.ts';
import { codeOf, type Code } from '../code/codeOf.ts';
import { isTypeScript } from '../code/handlerFiles.ts';
import { needsCompiler } from '../code/typeScript/needsCompiler.ts';
import { prepareProgram, type PreparedProgram } from '../code/typeScript/prepareProgram.ts';
import { message, toSentence, type Message } from '../../core/messages/messages.ts';
import { customRuntime } from './customRuntime.ts';
import { differencesOf } from './differences.ts';
import { heapFlags } from './heapLimit.ts';
import { nodeOnPath, versionOfProgram } from './executables.ts';
import { LaunchError } from './launchError.ts';
import { mappedVariables } from '../layers/optFolders.ts';
import { unpackedLayers } from '../layers/unpackedLayers.ts';
import { modulePathsOf, moduleVariables } from './modulePaths.ts';
import { findPython, type PythonProgram } from './pythonEnvironment.ts';
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
  /** See `codeOf`. */
  readonly prefersSource?: boolean;
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
  /** The handler in the code folder. In a build, it can differ from the source. */
  readonly handler: string;
  /** Variables that name folders of this machine. Those of the function override them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables of the function that name folders below `/opt`, with the folders of its layers instead. */
  readonly optVariables: Readonly<Record<string, string>>;
  readonly differences: readonly Message[];
}

/** Makes Python use UTF-8 on Windows, as on Lambda. On other systems, it follows LANG. */
const UTF_8 = process.platform === 'win32' ? ['-X', 'utf8'] : [];

/** The Python from the settings, or else that of the function. */
export async function pythonOf(definition: WorkspaceFunction, { python }: Runtimes): Promise<PythonProgram> {
  return python ? { program: python, isVirtual: true, notes: [] } : findPython(definition);
}

/** The Python with the packages of the function's project. Undefined if the project has no virtual environment. */
export async function projectPython(definition: WorkspaceFunction, runtimes: Runtimes): Promise<string | undefined> {
  const { program, isVirtual } = await pythonOf(definition, runtimes);
  return isVirtual ? program : undefined;
}

/** The first version of Node.js that the durable execution SDK for JavaScript supports. */
const DURABLE_NODE = 22;

function majorOf(version: string | undefined): number {
  return Number(/\d+/.exec(version ?? '')?.[0] ?? 0);
}

/** The Node.js from the settings, or else that on the PATH. If that's too old for a durable function, that of VS Code. */
async function nodeOf({ fn }: WorkspaceFunction, { node }: Runtimes): Promise<string> {
  if (node) return node;
  const program = await nodeOnPath();
  const isOwnNewer = fn.isDurable && majorOf(process.version) >= DURABLE_NODE;
  return isOwnNewer && majorOf(await versionOfProgram(program)) < DURABLE_NODE ? process.execPath : program;
}

/** The code to run. Rejects with LaunchError if it doesn't exist. */
async function runnableCode(definition: WorkspaceFunction, { prefersSource = false }: Runtimes): Promise<Code> {
  if (definition.obstacle !== undefined) throw new LaunchError(toSentence(definition.obstacle));
  const code = await codeOf(definition, { prefersSource });
  const missing = code.file === undefined ? missingFolder(code.taskRoot, definition.fn) : undefined;
  if (missing !== undefined) throw new LaunchError(toSentence(notBuilt(missing, definition)));
  return code;
}

async function commandOf(definition: WorkspaceFunction, code: Code, runtimes: Runtimes): Promise<Command> {
  const { runtime, memorySize } = definition.fn;
  const { taskRoot, file } = code;
  if (runtime.startsWith('provided')) return { ...(await customRuntime(definition, taskRoot)), taskRoot };
  if (runtime.startsWith('python')) {
    const { program } = await pythonOf(definition, runtimes);
    if (program === undefined) {
      throw new LaunchError(
        toSentence(message('interpreterMissing', 'Python 3', 'PATH', 'lambdaInvoke.local.pythonPath')),
      );
    }
    return { program, args: [...UTF_8, runtimes.pythonBootstrap], taskRoot };
  }
  const program = await nodeOf(definition, runtimes);
  const args = [...heapFlags(memorySize), runtimes.nodeBootstrap];
  const sourceMaps = code.isBuilt ? ['--enable-source-maps'] : [];
  const isCompiled = file !== undefined && (await needsCompiler(definition, code));
  const prepared = isCompiled ? await prepareProgram(file, dirname(runtimes.nodeBootstrap)) : undefined;
  if (prepared !== undefined)
    return { program, args: [...(await compiledFlags(program, definition.fn)), ...args], taskRoot, prepared };
  if (!isTypeScript(file))
    return { program, args: [...(await moduleFlags(program, definition.fn)), ...sourceMaps, ...args], taskRoot };
  // Type stripping leaves ES module syntax in .ts files, so it needs the features that moduleFlags would disable.
  const flags = await typeScriptFlags(program);
  if (flags !== undefined) return { program, args: [...flags, ...args], taskRoot };
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
    const { program } = await pythonOf(definition, runtimes);
    return program === undefined ? undefined : versionOfProgram(program);
  }
  if (!runtime.startsWith('nodejs')) return undefined;
  const version = await versionOfProgram(await nodeOf(definition, runtimes));
  return version === undefined ? undefined : `Node.js ${version}`;
}

/** All messages about how a function differs from its deployed version, including those about its environment. */
export async function allDifferencesOf(definition: WorkspaceFunction, runtimes: Runtimes): Promise<Message[]> {
  if (definition.obstacle !== undefined) return differencesOf(definition, undefined);
  const version = await interpreterVersion(definition, runtimes).catch(() => undefined);
  const { runtime, isDurable } = definition.fn;
  const isPython = runtime.startsWith('python');
  const isTooOld = isDurable && version?.startsWith('Node.js') === true && majorOf(version) < DURABLE_NODE;
  const { notes } = isPython ? await pythonOf(definition, runtimes) : { notes: [] };
  const tooOld = isTooOld ? [message('durableNodeVersion', version)] : [];
  return [...differencesOf(definition, version), ...tooOld, ...notes];
}

/**
 * The command line for a function, and how the function differs from its deployed version. Rejects with LaunchError,
 * whose message names what is missing.
 */
export async function launchOf(listed: WorkspaceFunction, runtimes: Runtimes): Promise<Launch> {
  const code = await runnableCode(listed, runtimes);
  const layers = await unpackedLayers(listed.layers ?? []);
  const definition = { ...listed, layers };
  const { prepared, ...command } = await commandOf(definition, code, runtimes);
  const { fn } = definition;
  const { modules, ...paths } = modulePathsOf(definition);
  const environment = {
    ...moduleVariables(definition, command.taskRoot, {
      ...paths,
      modules: [...code.modules, ...modules, ...nodeSdkFolders(fn, runtimes)],
    }),
    ...pythonSdkVariable(fn, runtimes),
    ...prepared?.environment,
  };
  const optVariables = mappedVariables(fn.environment, layers);
  const notes = [...code.notes, ...(prepared?.notes ?? []), ...sdkNotes(fn, runtimes)];
  const differences = [...(await allDifferencesOf(definition, runtimes)), ...notes];
  return { ...command, handler: code.handler, environment, optVariables, differences };
}
