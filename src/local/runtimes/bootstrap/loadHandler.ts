import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { handlerParts } from '../../../core/functions/handlerParts.ts';
import { RuntimeError } from './errorPayload.ts';

export type Handler = (
  event: unknown,
  context: unknown,
  callback: (error: unknown, result?: unknown) => void,
) => unknown;

const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

function findFile(taskRoot: string, modulePath: string): string {
  const file = EXTENSIONS.map((extension) => join(taskRoot, `${modulePath}${extension}`)).find(
    // A pipe would block this process.
    (path) => /\.[cm]?[jt]s$/.test(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true,
  );
  if (file === undefined)
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${modulePath}'`);
  return file;
}

/** A member of an object or function, including inherited ones. */
function memberOf(value: unknown, name: string): unknown {
  const hasMembers = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return hasMembers ? (value as Record<string, unknown>)[name] : undefined;
}

/** The `type` of the nearest package.json of a file, which decides how Node.js loads `.js` and `.ts`. */
function packageType(file: string): unknown {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      return memberOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')), 'type');
    } catch (error) {
      // Node.js reports a package.json that isn't valid.
      if (error instanceof SyntaxError || dirname(folder) === folder) return undefined;
    }
  }
}

/** A module with `await` at its top level can only be imported. */
const NEEDS_IMPORT = 'ERR_REQUIRE_ASYNC_MODULE';

/** Loads a module like Lambda's runtime: with `require`, which takes less time, unless it's an ES module. */
async function loadModule(file: string): Promise<unknown> {
  const isCommonJs = /\.c[jt]s$/.test(file) || (/\.[jt]s$/.test(file) && packageType(file) !== 'module');
  if (isCommonJs) {
    try {
      return createRequire(file)(file) as unknown;
    } catch (error) {
      if (memberOf(error, 'code') !== NEEDS_IMPORT) throw error;
    }
  }
  return import(pathToFileURL(file).href);
}

/** Loads a module. Returns the objects to search for the handler, in order. */
async function load(file: string): Promise<unknown[]> {
  try {
    const loaded = await loadModule(file);
    // A CommonJS module that is imported is the `default` export.
    return [loaded, memberOf(loaded, 'default')];
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    const isMissing = error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND');
    if (isMissing) throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`);
    throw error;
  }
}

/**
 * Loads the handler `path/file.export` (nested exports: `file.a.b`) from a CommonJS or ES module. Rejects with the
 * errors of Lambda's Node.js runtime: Runtime.MalformedHandlerName, ImportModuleError, UserCodeSyntaxError,
 * HandlerNotFound.
 */
export async function loadHandler(taskRoot: string, name: string): Promise<Handler> {
  const parts = handlerParts(name);
  if (parts === undefined) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const { modulePath, exportPath } = parts;
  const keys = exportPath.split('.');
  const exported = await load(findFile(taskRoot, modulePath));
  const value = exported.map((each) => keys.reduce(memberOf, each)).find((each) => each !== undefined);
  if (value === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof value !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  return value as Handler;
}
