import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CLIENT_VERSION } from './clientVersion.ts';
import { CompileError, isCompiledFile, loadCompiledModule } from './compiledModules.ts';
import { BOOTSTRAP_FILE } from './errorPayload.ts';
import { addEsModule } from './loadedFiles.ts';
import { localPath, prepareImport } from './moduleHooks.ts';
import { RuntimeError } from './runtimeErrors.ts';

/** A handler's module: `folder/name`, relative to the code folder. */
export interface ModulePath {
  readonly taskRoot: string;
  readonly folder: string;
  readonly name: string;
}

const JAVASCRIPT = ['.js', '.mjs', '.cjs'];
const TYPESCRIPT = ['.ts', '.mts', '.cts', '.tsx'];

/** The file that AWS's messages name as the parent of the handler's module. */
const RUNTIME_FILE = '/var/runtime/index.mjs';

const requireFrom = createRequire(BOOTSTRAP_FILE);

/** Whether a file or folder exists. Excludes pipes, because reading one would block this process. */
function exists(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true || stats?.isDirectory() === true;
}

function load(file: string): unknown {
  return requireFrom(file) as unknown;
}

function importFile(file: string): Promise<unknown> {
  prepareImport();
  addEsModule(file);
  return import(pathToFileURL(file).href);
}

/** Whether the nearest package.json makes `.js` files ES modules. The search ends at `node_modules`. */
function isModuleFolder(folder: string): boolean {
  if (folder.endsWith('/node_modules')) return false;
  const file = join(folder, 'package.json');
  if (exists(file)) {
    try {
      const content = JSON.parse(readFileSync(file, 'utf8')) as { readonly type?: unknown } | null;
      if (content) return content.type === 'module';
    } catch (error) {
      console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error);
      return false;
    }
  }
  const parent = dirname(folder);
  return parent === folder ? false : isModuleFolder(parent);
}

/** Node.js's code for a module with top-level `await`, which can only be imported. */
const NEEDS_IMPORT = 'ERR_REQUIRE_ASYNC_MODULE';

/** Loads TypeScript that couldn't be compiled as Node.js does, as an ES module or CommonJS. */
async function loadTypeScript(file: string): Promise<unknown> {
  const isCommonJs = file.endsWith('.cts') || (file.endsWith('.ts') && !isModuleFolder(dirname(file)));
  try {
    if (isCommonJs) return load(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === NEEDS_IMPORT)) throw error;
  }
  return importFile(file);
}

/** Version 3 loads CommonJS with `require`. */
async function loadVersion3(path: string): Promise<unknown> {
  const isModule = exists(`${path}.js`) && isModuleFolder(dirname(path));
  const loadIf = (file: string) => (exists(file) ? load(file) : undefined);
  const importIf = (file: string) => (exists(file) ? importFile(file) : undefined);
  return (
    loadIf(path) ||
    (!isModule && loadIf(`${path}.js`)) ||
    (isModule && (await importIf(`${path}.js`))) ||
    (await importIf(`${path}.mjs`)) ||
    loadIf(`${path}.cjs`)
  );
}

/** Version 4 imports all modules. */
async function loadVersion4(path: string): Promise<unknown> {
  for (const extension of ['', ...JAVASCRIPT]) if (exists(path + extension)) return importFile(path + extension);
  return undefined;
}

/** Node.js's message for a missing module, used for a pipe, which would block this process. */
function notFound(name: string): string {
  return `Error: Cannot find module '${name}'\nRequire stack:\n- ${RUNTIME_FILE}`;
}

async function find({ taskRoot, folder, name }: ModulePath): Promise<unknown> {
  const path = localPath(resolve(taskRoot, folder, name));
  const javaScript = JAVASCRIPT.map((extension) => path + extension).find(exists);
  if (javaScript !== undefined && isCompiledFile(javaScript)) return loadCompiledModule(javaScript);
  const typeScript = TYPESCRIPT.map((extension) => path + extension).find(exists);
  if (typeScript !== undefined && javaScript === undefined)
    return loadCompiledModule(typeScript) ?? loadTypeScript(typeScript);
  const loaded = await (CLIENT_VERSION === 4 ? loadVersion4(path) : loadVersion3(path));
  if (loaded) return loaded;
  // A package, or a module on NODE_PATH.
  const root = CLIENT_VERSION === 4 ? join(taskRoot, folder) : folder;
  const file = requireFrom.resolve(name, { paths: [taskRoot, root] });
  if (isAbsolute(file) && !exists(file)) throw new RuntimeError('Runtime.ImportModuleError', notFound(name));
  return load(file);
}

/**
 * Loads the module of a handler as AWS's runtime interface client does. Rejects with the errors of the module itself,
 * and with Runtime.ImportModuleError and Runtime.UserCodeSyntaxError. Source: aws-lambda-ric, UserFunction.js (version
 * 3) and module-loader.js (version 4).
 */
export async function loadModule(path: ModulePath): Promise<unknown> {
  try {
    return await find(path);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const stack = CLIENT_VERSION === 4 || error instanceof CompileError ? error.stack : undefined;
      throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error), stack);
    }
    const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    throw new RuntimeError('Runtime.ImportModuleError', String(error).replaceAll(BOOTSTRAP_FILE, RUNTIME_FILE));
  }
}
