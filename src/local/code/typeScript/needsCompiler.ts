import { readFile } from 'node:fs/promises';
import { isBundledBuild } from '../../../core/functions/template/functionBuild.ts';
import type { WorkspaceFunction } from '../../workspace/workspaceFunctions.ts';
import type { Code } from '../codeOf.ts';
import { isTypeScript } from '../handlerFiles.ts';
import { hasModuleSyntax } from './program.ts';

/**
 * Whether a handler's file has to be compiled: TypeScript, and ES module syntax in a .js file whose bundler converts it.
 * Never rejects.
 */
export async function needsCompiler({ build }: WorkspaceFunction, { file, isBuilt }: Code): Promise<boolean> {
  if (file === undefined || isTypeScript(file)) return file !== undefined;
  if (isBuilt || !isBundledBuild(build) || !file.endsWith('.js')) return false;
  return hasModuleSyntax(await readFile(file, 'utf8').catch(() => ''));
}
