import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { handlerParts } from '../../core/functions/handlerParts.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

const NODE_SOURCES = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx'];

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

export const isTypeScript = (file: string | undefined) => /\.[cm]?tsx?$/.test(file ?? '');

/** The folders with the code to run: for a handler in TypeScript also the build output, which older Node.js runs. */
export function codeRoots(definition: WorkspaceFunction): string[] {
  const { taskRoot, file } = rootOf(definition);
  const { builtRoot } = definition;
  return isTypeScript(file) && builtRoot !== undefined && builtRoot !== taskRoot ? [taskRoot, builtRoot] : [taskRoot];
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The `sam build` output folder, if it has the handler compiled to JavaScript. */
export function builtRootOf({ fn, builtRoot }: WorkspaceFunction): string | undefined {
  if (builtRoot === undefined) return undefined;
  const isBuilt = handlerFiles(fn).some((name) => name.endsWith('js') && existsSync(join(builtRoot, name)));
  return isBuilt ? builtRoot : undefined;
}
