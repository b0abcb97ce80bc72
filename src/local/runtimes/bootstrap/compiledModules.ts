import { readFileSync, realpathSync } from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { delimiter, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import {
  IMPORT_META,
  PROGRAM_VARIABLE,
  type CompiledFile,
  type CompileFault,
  type Program,
} from '../../code/typeScript/program.ts';
import { packageEntry } from '../hooks/packageEntry.ts';
import { BOOTSTRAP_FILE } from './errorPayload.ts';
import { installSourceMaps } from './sourceMaps.ts';

/** Undocumented parts of Node.js's CommonJS loader. */
interface CommonJs {
  _resolveFilename: (request: string, parent?: { readonly filename?: string }, ...rest: unknown[]) => string;
  _extensions: Record<string, (module: NodeJS.Module, file: string) => void>;
  _nodeModulePaths: (folder: string) => string[];
}

const commonJs = nodeModule as unknown as CommonJs;

/** A syntax error in TypeScript. Its stack names the file, the line, and the column. */
export class CompileError extends SyntaxError {
  constructor(file: string, { text, line = 1, column = 1 }: CompileFault) {
    super(text);
    this.name = 'SyntaxError';
    this.message = `${file}:${line}:${column}: ${text}`;
    this.stack = `SyntaxError: ${this.message}\n    at ${file}:${line}:${column}`;
  }
}

let files: Readonly<Record<string, CompiledFile>> | undefined;
let inputs: Program['inputs'] = {};

/** Since Node.js 20.10, compiled code can use `import()`. */
const { constants } = vm as { readonly constants?: typeof vm.constants };
const IMPORT_OPTIONS =
  constants === undefined ? {} : { importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER as never };

/** The files that still await something at their top level. */
const pending = new Map<string, Promise<void>>();

/** Names that a module declares itself, as ES modules can, aren't parameters of its function. */
const CAN_DECLARE = ['__filename', '__dirname'];

function declares(code: string, name: string): boolean {
  return code.includes(`const ${name}`) || code.includes(`let ${name}`);
}

function importMeta(require: NodeJS.Require, filename: string): object {
  const resolve = (specifier: string) => pathToFileURL(require.resolve(specifier)).href;
  return { url: pathToFileURL(filename).href, filename, dirname: dirname(filename), resolve };
}

/** Awaits the files that a file imports, in their order, before it runs. */
async function runAsync(module: NodeJS.Module, { imports }: CompiledFile, run: () => unknown): Promise<void> {
  for (const target of Object.values(imports)) {
    if (files?.[target]?.isAsync !== true) continue;
    module.require(target);
    await pending.get(target);
  }
  await run();
}

function loadCompiled(module: NodeJS.Module, filename: string, compiled: CompiledFile): void {
  if (compiled.fault !== undefined) throw new CompileError(filename, compiled.fault);
  const { code, map, isAsync } = compiled;
  const require = Object.assign((id: string) => module.require(id) as unknown, createRequire(filename));
  const all = {
    exports: module.exports as unknown,
    require,
    module,
    __filename: filename,
    __dirname: dirname(filename),
    [IMPORT_META]: importMeta(require as NodeJS.Require, filename),
  };
  const values = Object.entries(all).filter(([name]) => !CAN_DECLARE.includes(name) || !declares(code, name));
  // Only a debugger reads it.
  const comment =
    map === undefined || !process.execArgv.some((flag) => flag.startsWith('--inspect'))
      ? ''
      : `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  const text = isAsync === true ? `return (async () => {${code}\n})();` : code;
  const names = values.map(([name]) => name);
  const run = vm.compileFunction(text + comment, names, { filename, ...IMPORT_OPTIONS });
  const call = () =>
    Reflect.apply(
      run,
      module.exports,
      values.map(([, value]) => value),
    ) as unknown;
  if (isAsync !== true) call();
  else pending.set(filename, runAsync(module, compiled, call));
}

/** Finds a package that has no exports for `require`, as bundlers do. */
function importedFile(request: string, filename: string): string | undefined {
  const conditions = new Set(['node', 'import', 'module-sync']);
  const onNodePath = (process.env['NODE_PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of [...commonJs._nodeModulePaths(dirname(filename)), ...onNodePath]) {
    const file = packageEntry(folder, request, conditions);
    if (file !== undefined) return file;
  }
  return undefined;
}

const NOT_EXPORTED = 'ERR_PACKAGE_PATH_NOT_EXPORTED';

function hookResolve(compiledFiles: Readonly<Record<string, CompiledFile>>): void {
  const { _resolveFilename: resolveFilename } = commonJs;
  commonJs._resolveFilename = function (request, parent, ...rest) {
    const filename = parent?.filename ?? '';
    const compiled = compiledFiles[filename];
    const target = compiled?.imports[request];
    if (target !== undefined) return target;
    try {
      return resolveFilename.call(this, request, parent, ...rest);
    } catch (error) {
      const isHidden = error instanceof Error && 'code' in error && error.code === NOT_EXPORTED;
      const file = compiled !== undefined && isHidden ? importedFile(request, filename) : undefined;
      if (file === undefined) throw error;
      return file;
    }
  };
}

function hookLoad(compiledFiles: Readonly<Record<string, CompiledFile>>): void {
  const { _extensions: extensions } = commonJs;
  for (const extension of ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx']) {
    const load = extensions[extension] ?? extensions['.js'];
    extensions[extension] = (module, filename) => {
      const compiled = compiledFiles[filename];
      if (compiled === undefined) load?.(module, filename);
      else loadCompiled(module, filename, compiled);
    };
  }
}

/** Lets `require` load the compiled program of a handler in TypeScript, if there is one. */
export function installCompiledModules(): void {
  const file = process.env[PROGRAM_VARIABLE];
  delete process.env[PROGRAM_VARIABLE];
  if (file === undefined) return;
  try {
    ({ files, inputs } = JSON.parse(readFileSync(file, 'utf8')) as Program);
  } catch {
    return; // it has just been removed
  }
  hookResolve(files);
  hookLoad(files);
  installSourceMaps(files);
}

/** The files that the program was compiled from, including its options. */
export function programFiles(): string[] {
  return Object.keys(inputs).filter((path) => inputs[path] !== null);
}

/** Whether a file, which may be a link, has been compiled. */
export function isCompiledFile(file: string): boolean {
  return files !== undefined && Object.hasOwn(files, realpathSync(file));
}

/** Loads a compiled module; undefined if TypeScript isn't compiled. Resolves once its top level has run. */
export function loadCompiledModule(file: string): Promise<unknown> | undefined {
  return files === undefined ? undefined : loadAndWait(file);
}

async function loadAndWait(file: string): Promise<unknown> {
  const require = createRequire(BOOTSTRAP_FILE); // as in loadModule.ts
  const loaded = require(file) as unknown;
  const wait = pending.get(require.resolve(file));
  if (wait === undefined) return loaded;
  await wait;
  return require(file) as unknown; // it may have replaced its exports
}
