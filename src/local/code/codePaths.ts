import { join } from 'node:path';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { buildsOf } from './builds.ts';
import { compiledPaths } from './compiledBuilds.ts';
import { handlerNames } from './handlerFiles.ts';
import { isFolder } from './pathKind.ts';
import { samTemplates } from './samBuilds.ts';

/** The files and folders with the code that may run: of the source and of its builds. Never rejects. */
export async function codeRoots(definition: WorkspaceFunction): Promise<readonly string[]> {
  const [builds, outputs] = await Promise.all([buildsOf(definition), compiledPaths(definition)]);
  const watched = builds.flatMap((build) => build.watched);
  return [...new Set([definition.taskRoot, ...watched, ...outputs.filter(isFolder)])];
}

/** The files whose existence determines which code runs. Never rejects. */
export async function handlerPaths(definition: WorkspaceFunction): Promise<readonly string[]> {
  const { fn, taskRoot, builtRoot, build } = definition;
  const folders = build?.tool === 'serverless' ? build.folders.map((name) => join(build.folder, name)) : [];
  const archives = build?.tool === 'serverless' ? build.archives.map((name) => join(build.folder, name)) : [];
  const roots = [taskRoot, ...(builtRoot === undefined ? [] : [builtRoot]), ...folders];
  return [
    ...roots.flatMap((root) => handlerNames(fn).map((name) => join(root, name))),
    ...samTemplates(definition),
    ...archives,
    ...(await compiledPaths(definition)),
  ];
}
