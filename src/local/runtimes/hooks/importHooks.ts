// Node.js's hook for `import`: packages in the folders of NODE_PATH, as on Lambda, and files of layers in /opt.
// Node.js versions without `registerHooks` load it as a separate bundle, in another thread.
import { pathToFileURL } from 'node:url';
import { optPath } from './optPaths.ts';
import { isBareSpecifier, packageEntry } from './packageEntry.ts';

export interface HookFolders {
  /** The folders of NODE_PATH. */
  readonly modules: readonly string[];
  /** The folders that have the content of `/opt`. */
  readonly opt: readonly string[];
}

export interface ResolveContext {
  readonly conditions: readonly string[];
  readonly parentURL?: string;
}

/** The URL of a file in `/opt`. */
export function optUrl(specifier: string, { opt }: HookFolders): string | undefined {
  const path = optPath(specifier, opt);
  return path === undefined ? undefined : pathToFileURL(path).href;
}

/** The URL of a package that Node.js hasn't found, because `import` ignores NODE_PATH. */
export function urlOnNodePath(
  specifier: string,
  { error, conditions, folders }: { error: unknown; conditions: readonly string[]; folders: HookFolders },
): string | undefined {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  if (!isMissing || !isBareSpecifier(specifier)) return undefined;
  for (const folder of folders.modules) {
    const file = packageEntry(folder, specifier, new Set(conditions));
    if (file !== undefined) return pathToFileURL(file).href;
  }
  return undefined;
}

let folders: HookFolders = { modules: [], opt: [] };

export function initialize(data: HookFolders): void {
  folders = data;
}

type NextResolve = (specifier: string, context: ResolveContext) => Promise<unknown>;

export async function resolve(specifier: string, context: ResolveContext, next: NextResolve): Promise<unknown> {
  const url = optUrl(specifier, folders);
  if (url !== undefined) return next(url, context);
  try {
    return await next(specifier, context);
  } catch (error) {
    const packageUrl = urlOnNodePath(specifier, { error, conditions: context.conditions, folders });
    if (packageUrl === undefined) throw error;
    return next(packageUrl, context);
  }
}
