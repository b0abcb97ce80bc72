import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { buildsOf } from './builds.ts';
import { compiledPaths } from './compiledBuilds.ts';
import { handlerNames } from './handlerFiles.ts';
import { isFolder } from './pathKind.ts';
import { samTemplates } from './samBuilds.ts';

/** Whether the state of the code folder includes that of a path. */
function isIncluded(path: string, { taskRoot }: WorkspaceFunction): boolean {
  const below = relative(taskRoot, path);
  const isHidden = below.split(sep).some((part) => part.startsWith('.') || part === 'node_modules');
  return below !== '' && !isAbsolute(below) && !isHidden;
}

/** The files and folders with the code that may run: of the source and of its builds. Never rejects. */
export async function codeRoots(definition: WorkspaceFunction): Promise<readonly string[]> {
  const [builds, outputs] = await Promise.all([buildsOf(definition), compiledPaths(definition)]);
  const watched = builds.flatMap((build) => build.watched);
  const others = [...watched, ...outputs.filter(isFolder)].filter((path) => !isIncluded(path, definition));
  return [...new Set([definition.taskRoot, ...others])];
}

/** The files whose existence determines which code runs. Never rejects. */
export async function handlerPaths(definition: WorkspaceFunction): Promise<readonly string[]> {
  const { fn, taskRoot, builtRoot, build } = definition;
  const folders = build?.tool === 'serverless' ? build.folders.map((name) => resolve(build.folder, name)) : [];
  const archives = build?.tool === 'serverless' ? build.archives.map((name) => resolve(build.folder, name)) : [];
  const roots = [taskRoot, ...(builtRoot === undefined ? [] : [builtRoot]), ...folders];
  return [
    ...roots.flatMap((root) => handlerNames(fn).map((name) => join(root, name))),
    ...samTemplates(definition),
    ...archives,
    ...(await compiledPaths(definition)),
  ];
}
