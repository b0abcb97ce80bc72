import { readFileSync, realpathSync, statSync } from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSkippedFolder, isSourceFile } from '../../workspace/sourceFiles.ts';
import { programFiles } from './compiledModules.ts';
import { BOOTSTRAP_FILE } from './errorPayload.ts';

/** The maximum number of files that are reported, and the maximum length of all their paths in characters. */
const MAX_FILES = 500;
const MAX_CHARACTERS = 65_536;
/** Larger modules are bundles, which include what they import. In bytes. */
const MAX_SOURCE_BYTES = 262_144;

const { _cache: cache } = nodeModule as unknown as { readonly _cache: Readonly<Record<string, unknown>> };

const taskRoot = realPath(process.env['LAMBDA_TASK_ROOT'] ?? '.');

/** The ES modules that were imported, and the files of the workspace that they import. */
const esModules = new Set<string>();
const reported = new Set<string>();
let reportedCharacters = 0;
let checked = '';

function realPath(path: string): string {
  if (path === '') return path;
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

/** Whether the endpoint already watches a file as source of the function. */
function isSource(path: string): boolean {
  const names = relative(taskRoot, path).split(sep);
  if (names[0] === '..' || isAbsolute(names.join(sep))) return false;
  return isSourceFile(names.pop() ?? '') && !names.some(isSkippedFolder);
}

function resolveImport(specifier: string, from: string): string | undefined {
  try {
    if (specifier.startsWith('file:')) return fileURLToPath(specifier);
    const path = createRequire(from).resolve(specifier);
    return isAbsolute(path) ? path : undefined;
  } catch {
    return undefined; // a package for `import` only, or a file of `/opt`
  }
}

/**
 * Adds an ES module and the modules of the workspace that it imports. Node.js has no list of them, and hooks would slow
 * down the start of a function.
 */
export function addEsModule(file: string): void {
  for (const next = [realPath(file)]; next.length > 0 && esModules.size < MAX_FILES;) {
    const path = next.pop() ?? '';
    if (path === '' || esModules.has(path) || isInstalled(path)) continue;
    esModules.add(path);
    const isSmall = (statSync(path, { throwIfNoEntry: false })?.size ?? Infinity) <= MAX_SOURCE_BYTES;
    if (!isSmall || !/\.[cm]?js$/.test(path)) continue;
    for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(/\b(?:from|import)[ (]*["']([^"'\n]+)["']/g))
      next.push(realPath(resolveImport(specifier, path) ?? ''));
  }
}

/**
 * The files that were loaded since the last call and aren't source files of the code folder, such as those of a package
 * that is linked from the workspace. Excludes installed packages. Undefined without new files.
 */
export function newLoadedFiles(): readonly string[] | undefined {
  const loaded = Object.keys(cache);
  const state = `${loaded.length} ${esModules.size}`;
  if (state === checked) return undefined;
  checked = state;
  const files: string[] = [];
  for (const path of [...loaded, ...esModules, ...programFiles()]) {
    if (reported.has(path) || isInstalled(path) || path === BOOTSTRAP_FILE || !isAbsolute(path)) continue;
    if (isSource(path) || path.startsWith(dirname(BOOTSTRAP_FILE) + sep)) continue;
    if (reported.size === MAX_FILES || reportedCharacters + path.length > MAX_CHARACTERS) break;
    reported.add(path);
    reportedCharacters += path.length;
    files.push(path);
  }
  return files.length === 0 ? undefined : files;
}
