import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, posix } from 'node:path';
import { esbuildArguments } from '../../core/functions/template/esbuildArguments.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import { parseJsonc } from '../../core/json/parseJsonc.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import type { EsbuildRequest } from './buildWithEsbuild.ts';
import { findHandler, modulePathOf } from './handlerFiles.ts';

/** In `External`, this means all dependencies in package.json. */
const ALL_PACKAGES = './node_modules/*';

async function dependenciesOf(folder: string): Promise<string[]> {
  const content: unknown = parseJsonc(await readFile(join(folder, 'package.json'), 'utf8').catch(() => ''));
  const dependencies = isRecord(content) ? content['dependencies'] : undefined;
  return isRecord(dependencies) ? Object.keys(dependencies) : [];
}

/** The entry points with their extensions. Undefined if one doesn't exist. */
function entryPointsOf(folder: string, names: readonly string[]): string[] | undefined {
  const entryPoints = names.map((name) => {
    const candidates = extname(name) === '' ? [`${name}.ts`, `${name}.js`] : [name];
    return candidates.find((each) => existsSync(join(folder, each)));
  });
  return entryPoints.every((name) => name !== undefined) ? entryPoints : undefined;
}

/** The entry points of a SAM function with `BuildMethod: esbuild`, as written. Undefined for other functions. */
function writtenEntryPoints({ build, fn }: WorkspaceFunction): string[] | undefined {
  if (build?.tool !== 'sam' || build.method !== 'esbuild' || !fn.runtime.startsWith('nodejs')) return undefined;
  const { EntryPoints: written } = build.properties;
  return Array.isArray(written) && written.length > 0 ? written.map(String) : [fn.handler.split('.')[0] ?? ''];
}

/**
 * The request to build a SAM function with `BuildMethod: esbuild`. Undefined for other functions and if an entry point
 * doesn't exist. Source: aws-sam-cli, app_builder.py; aws-lambda-builders, nodejs_npm_esbuild.
 */
export async function samEsbuildRequest(definition: WorkspaceFunction): Promise<EsbuildRequest | undefined> {
  const { build, taskRoot, folder: root } = definition;
  const names = writtenEntryPoints(definition);
  if (build?.tool !== 'sam' || names === undefined) return undefined;
  const { EntryPoints: _, External: external, ...properties } = build.properties;
  const entryPoints = entryPointsOf(taskRoot, names);
  if (entryPoints === undefined) return undefined;
  const isExternal = Array.isArray(external) && external.includes(ALL_PACKAGES);
  const packages = isExternal ? await dependenciesOf(taskRoot) : external;
  const args = esbuildArguments({ ...properties, ...(packages !== undefined && { External: packages }) });
  return { folder: taskRoot, root, entryPoints, args };
}

/** The handler in the output folder: esbuild leaves out the folders that all entry points have in common. */
export function builtHandler(folder: string, { fn }: WorkspaceFunction): string | undefined {
  const names = [fn.handler, basename(fn.handler)];
  return names.find((handler) => findHandler(folder, { ...fn, handler }) !== undefined);
}

/**
 * The handler in the source. If the template has its path in the output of esbuild, it's next to the entry point of the same
 * name. Undefined if there is none.
 */
export function sourceHandler(folder: string, { build, fn }: WorkspaceFunction): string | undefined {
  const isFound = (handler: string) => findHandler(folder, { ...fn, handler }) !== undefined;
  if (isFound(fn.handler)) return fn.handler;
  const written = build?.tool === 'sam' && build.method === 'esbuild' ? build.properties['EntryPoints'] : undefined;
  const handlers = (Array.isArray(written) ? written.map(String) : []).flatMap((entryPoint) => {
    const isSame = basename(entryPoint, extname(entryPoint)) === basename(modulePathOf(fn));
    return isSame ? [posix.join(posix.dirname(entryPoint), basename(fn.handler))] : [];
  });
  return handlers.find(isFound);
}

/** The existing `node_modules` of a folder and its parents, the nearest first. For packages that aren't bundled. */
export function packageFolders(folder: string): string[] {
  const own = join(folder, 'node_modules');
  const parent = dirname(folder);
  return [...(existsSync(own) ? [own] : []), ...(parent === folder ? [] : packageFolders(parent))];
}
