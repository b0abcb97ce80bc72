import { resolve } from 'node:path';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { archiveNames } from './zipArchive.ts';
import { compiledBuilds } from './compiledBuilds.ts';
import { buildTimes, timesOf, type FileTimes } from './fileTimes.ts';
import { findHandler, handlerNames, isTypeScript } from './handlerFiles.ts';
import { builtBySam } from './samBuilds.ts';

/** Code with the handler that the project's own tools have built. */
export interface Build {
  /** The output folder, or a zip archive. */
  readonly path: string;
  readonly kind: 'folder' | 'archive';
  /** The code folder, if it isn't the output folder. */
  readonly taskRoot?: string;
  /** The handler in the code folder. */
  readonly handler: string;
  /** The files and folders that change with the build. */
  readonly watched: readonly string[];
  readonly times: () => Promise<FileTimes>;
}

/** A build in a folder, if it has the handler compiled to JavaScript, or for Python. */
function folderBuild({ fn }: WorkspaceFunction, path: string): Build[] {
  const file = findHandler(path, fn);
  if (file === undefined || isTypeScript(file)) return [];
  return [{ path, kind: 'folder', handler: fn.handler, watched: [path], times: () => buildTimes(path) }];
}

async function archiveBuild({ fn }: WorkspaceFunction, path: string): Promise<Build[]> {
  const names = new Set(await archiveNames(path).catch(() => []));
  const name = handlerNames(fn).find((each) => names.has(each));
  if (name === undefined || isTypeScript(name)) return [];
  return [{ path, kind: 'archive', handler: fn.handler, watched: [path], times: () => timesOf([path]) }];
}

async function serverlessBuilds(definition: WorkspaceFunction): Promise<Build[]> {
  const { build } = definition;
  if (build?.tool !== 'serverless') return [];
  const folders = build.folders.flatMap((name) => folderBuild(definition, resolve(build.folder, name)));
  const archives = await Promise.all(
    build.archives.map((name) => archiveBuild(definition, resolve(build.folder, name))),
  );
  return [...folders, ...archives.flat()];
}

/**
 * The builds of a function that have its handler, in order of precedence: the output of the template's tool, and the
 * compiled form of a handler in TypeScript. Never rejects.
 */
export async function buildsOf(definition: WorkspaceFunction): Promise<readonly Build[]> {
  const [sam, serverless, compiled] = await Promise.all([
    builtBySam(definition),
    serverlessBuilds(definition),
    compiledBuilds(definition),
  ]);
  return [...sam, ...serverless, ...compiled];
}
