import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { delimiter, dirname, join, resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import { optUrl, urlOnNodePath, type HookFolders, type ResolveContext } from '../hooks/importHooks.ts';
import { optPath } from '../hooks/optPaths.ts';
import { BOOTSTRAP_FILE } from './errorPayload.ts';

type NextResolve = (specifier: string, context: ResolveContext) => object;

/** Parts of Node.js's loaders that are undocumented, or missing in some versions. */
interface NodeModule {
  /** Since Node.js 22.15 and 23.5. */
  readonly registerHooks?: (hooks: {
    readonly resolve: (specifier: string, context: ResolveContext, next: NextResolve) => object;
  }) => void;
  readonly register: (url: URL, options: { readonly data: HookFolders }) => void;
  _resolveFilename: (request: string, ...rest: unknown[]) => string;
  readonly prototype: { _compile: (content: string, ...rest: unknown[]) => unknown };
}

/** Reads a list of folders from a variable of the local endpoint, and removes the variable. */
function takeFolders(name: string): string[] {
  const folders = (process.env[name] ?? '').split(delimiter).filter((folder) => folder !== '');
  delete process.env[name];
  return folders;
}

/** The folders of NODE_PATH that exist, except the code folder, where packages are in node_modules. */
function modulesOnNodePath(): string[] {
  const taskRoot = resolvePath(process.env['LAMBDA_TASK_ROOT'] ?? '.');
  const folders = (process.env['NODE_PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.filter((folder) => resolvePath(folder) !== taskRoot && existsSync(folder));
}

/** The folders that have the content of `/opt`. */
let optFolders: readonly string[] = [];

/** The path of a handler's module on this machine, which differs only below `/opt`. */
export function localPath(path: string): string {
  return optPath(path, optFolders) ?? path;
}

/** Undefined once the hooks for `import` are started, and without such hooks. */
let startImportHooks: (() => void) | undefined;

/** Starts the hooks before a module is imported. They take 30 ms, which functions that only use `require` don't need. */
export function prepareImport(): void {
  startImportHooks?.();
  startImportHooks = undefined;
}

/** Hooks for the versions of Node.js that can't hook `require`, and `import` only in another thread. */
function patchModules(nodeModules: NodeModule, folders: HookFolders): void {
  startImportHooks = () => {
    const file = join(dirname(BOOTSTRAP_FILE), 'importHooks.js');
    nodeModules.register(pathToFileURL(file), { data: folders });
  };
  const { _resolveFilename: resolveFilename } = nodeModules;
  nodeModules._resolveFilename = function (request, ...rest) {
    return resolveFilename.call(this, optPath(request, folders.opt) ?? request, ...rest);
  };
  const { prototype } = nodeModules;
  const { _compile: compile } = prototype;
  prototype._compile = function (content, ...rest) {
    if (startImportHooks !== undefined && content.includes('import(')) prepareImport();
    return compile.call(this, content, ...rest);
  };
}

/**
 * Lets `import` find packages in the folders of NODE_PATH, as Lambda's Node.js does, and maps `/opt/…` to the folders in
 * LAMBDA_INVOKE_OPT. Functions without such folders don't get any hooks.
 */
export function installModuleHooks(): void {
  const folders = { modules: modulesOnNodePath(), opt: takeFolders('LAMBDA_INVOKE_OPT') };
  if (folders.modules.length === 0 && folders.opt.length === 0) return;
  optFolders = folders.opt;
  const nodeModules = nodeModule as unknown as NodeModule;
  const { registerHooks } = nodeModules;
  if (registerHooks === undefined) return patchModules(nodeModules, folders);
  registerHooks({
    resolve(specifier, context, next) {
      const isImport = context.conditions.includes('import');
      const mapped = isImport ? optUrl(specifier, folders) : optPath(specifier, folders.opt);
      try {
        return next(mapped ?? specifier, context);
      } catch (error) {
        const url = urlOnNodePath(specifier, { error, conditions: context.conditions, folders });
        if (url === undefined) throw error;
        return next(url, context);
      }
    },
  });
}
