import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { message, type Message } from '../../core/messages/messages.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { rebuildCommand } from './buildCommand.ts';
import { buildsOf, type Build } from './builds.ts';
import { rememberInputs } from './outsideInputs.ts';
import { compiledPaths } from './compiledBuilds.ts';
import { buildWithEsbuild } from './buildWithEsbuild.ts';
import { isOlder, sourceTimes, timesOf } from './fileTimes.ts';
import { findHandler } from './handlerFiles.ts';
import { isFile, isFolder } from './pathKind.ts';
import { builtHandler, packageFolders, samEsbuildRequest, sourceHandler } from './samEsbuild.ts';
import { unpackedArchive } from './unpackedArchive.ts';

/** The code of a function that runs. */
export interface Code {
  /** The code folder (LAMBDA_TASK_ROOT). */
  readonly taskRoot: string;
  readonly handler: string;
  /** The path of the handler's file. Absent if it doesn't exist. */
  readonly file?: string;
  /** Whether stack traces need source maps. */
  readonly isBuilt: boolean;
  /** Folders with packages that aren't in the code folder. */
  readonly modules: readonly string[];
  /** Which code runs and why, if it isn't obvious. */
  readonly notes: readonly Message[];
}

const isArchive = (path: string) => /\.(zip|jar)$/i.test(path) && isFile(path);

/** The handler's file in the source, for the editor. Undefined if it doesn't exist. */
export function sourceFileOf(definition: WorkspaceFunction): string | undefined {
  const { fn, taskRoot, builtRoot } = definition;
  const handler = sourceHandler(taskRoot, definition);
  if (handler !== undefined) return findHandler(taskRoot, { ...fn, handler });
  return builtRoot === undefined ? undefined : findHandler(builtRoot, fn);
}

/** The path of a folder for messages. */
function shown(path: string, { folder }: WorkspaceFunction): string {
  const below = relative(folder, path);
  return below === '' || below.split(sep)[0] === '..' ? path : below;
}

/** The code that the template refers to: a folder, a ZIP file, or a single file. */
async function sourceOf(definition: WorkspaceFunction): Promise<Code> {
  const { fn, taskRoot } = definition;
  const isSingle = !isArchive(taskRoot) && isFile(taskRoot);
  const unpacked = isArchive(taskRoot) ? await unpackedArchive(taskRoot) : taskRoot;
  const root = isSingle ? dirname(taskRoot) : unpacked;
  const handler = sourceHandler(root, definition) ?? fn.handler;
  const file = findHandler(root, { ...fn, handler });
  const hasOthers = isSingle && readdirSync(root).length > 1;
  return {
    taskRoot: root,
    handler,
    ...(file !== undefined && { file }),
    isBuilt: false,
    modules: [],
    notes: hasOthers ? [message('singleFileCode', basename(taskRoot))] : [],
  };
}

async function openBuild(build: Build, definition: WorkspaceFunction, notes: readonly Message[]): Promise<Code> {
  const output = build.kind === 'archive' ? await unpackedArchive(build.path) : build.path;
  const taskRoot = build.taskRoot ?? output;
  const file = findHandler(taskRoot, { ...definition.fn, handler: build.handler });
  return {
    taskRoot,
    handler: build.handler,
    ...(file !== undefined && { file }),
    isBuilt: true,
    modules: [],
    notes,
  };
}

/** The packages of an outdated build, which the source doesn't have. */
function packagesOf({ path, kind }: Build, { fn }: WorkspaceFunction): string[] {
  if (kind === 'archive') return [];
  const folder = fn.runtime.startsWith('python') ? path : join(path, 'node_modules');
  return isFolder(folder) ? [folder] : [];
}

/** Builds a SAM function with the project's esbuild. Undefined if it has another build method or there is no esbuild. */
async function buildNow(definition: WorkspaceFunction): Promise<Code | Message | undefined> {
  const request = await samEsbuildRequest(definition);
  if (request === undefined) return undefined;
  const result = await buildWithEsbuild(request).catch((error: unknown) => ({
    kind: 'failed' as const,
    message: String(error),
  }));
  if (result.kind === 'missing') return undefined;
  if (result.kind === 'failed') return message('buildFailed', result.message);
  const { folder, inputs } = result;
  rememberInputs(definition.taskRoot, inputs);
  const handler = builtHandler(folder, definition);
  if (handler === undefined) return undefined;
  const file = findHandler(folder, { ...definition.fn, handler });
  return {
    taskRoot: folder,
    handler,
    ...(file !== undefined && { file }),
    isBuilt: true,
    modules: packageFolders(definition.taskRoot),
    notes: [],
  };
}

/** Whether a build has an unchanged copy of the source. Bundlers change it, and write source maps. */
function isCopy({ kind }: Build, sourceFile: string, { build }: WorkspaceFunction): boolean {
  const isPlain = /\.([cm]?js|py)$/.test(sourceFile);
  return isPlain && (kind === 'archive' || (build?.tool === 'sam' && build.method !== 'esbuild'));
}

interface CodeOptions {
  /** Runs the source instead of its copy in a build, in which breakpoints have no effect. */
  readonly prefersSource?: boolean;
}

/**
 * The code that runs: the project's build if it isn't older than the source, else a new build with esbuild for functions
 * that the SAM CLI builds with it, else the source. Rejects with LaunchError if a ZIP file can't be unpacked.
 */
export async function codeOf(
  definition: WorkspaceFunction,
  { prefersSource = false }: CodeOptions = {},
): Promise<Code> {
  const [source, builds, outputs] = await Promise.all([
    sourceOf(definition),
    buildsOf(definition),
    compiledPaths(definition),
  ]);
  const [first] = builds;
  if (prefersSource && source.file !== undefined && first !== undefined && isCopy(first, source.file, definition))
    return { ...source, modules: builds.flatMap((build) => packagesOf(build, definition)) };
  if (first !== undefined) {
    const isSingle = isFile(definition.taskRoot);
    const excluded = [...outputs, ...builds.map(({ path }) => path)];
    const written = await (isSingle ? timesOf([definition.taskRoot]) : sourceTimes(source.taskRoot, excluded));
    for (const build of builds) {
      if (isOlder(await build.times(), written)) continue;
      const isChoice = source.file !== undefined;
      return openBuild(build, definition, isChoice ? [message('buildRuns', shown(build.path, definition))] : []);
    }
  }
  const built = await buildNow(definition);
  if (built !== undefined && 'taskRoot' in built) return built;
  const failure = built === undefined ? [] : [built];
  if (first === undefined) return { ...source, notes: [...source.notes, ...failure] };
  const outdated = [shown(first.path, definition), rebuildCommand(definition, first.taskRoot !== undefined)] as const;
  if (source.file === undefined)
    return openBuild(first, definition, [...failure, message('outdatedBuildRuns', ...outdated)]);
  return {
    ...source,
    modules: builds.flatMap((build) => packagesOf(build, definition)),
    notes: [...source.notes, ...failure, message('sourceRuns', ...outdated)],
  };
}
