import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './errorPayload.ts';

export type Handler = (
  event: unknown,
  context: unknown,
  callback: (error: unknown, result?: unknown) => void,
) => unknown;

const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

function findFile(taskRoot: string, modulePath: string): string {
  const found = EXTENSIONS.map((extension) => join(taskRoot, `${modulePath}${extension}`)).find(
    (path) => /\.[cm]?[jt]s$/.test(path) && existsSync(path),
  );
  if (found === undefined)
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${modulePath}'`);
  return found;
}

async function load(file: string): Promise<Record<string, unknown>> {
  try {
    if (/\.c[jt]s$/.test(file)) return createRequire(file)(file) as Record<string, unknown>;
    const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    // A CommonJS module arrives as `default`; its names are not always found by the loader.
    const whole = loaded['default'];
    return typeof whole === 'object' && whole !== null ? { ...loaded, ...whole } : loaded;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    const isMissing = error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND');
    if (isMissing) throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`);
    throw error;
  }
}

/**
 * Loads `path/file.export` (the export may be nested: `file.a.b`), CommonJS or ES module. Throws what Lambda's Node
 * runtime names: Runtime.MalformedHandlerName, ImportModuleError, UserCodeSyntaxError, HandlerNotFound.
 */
export async function loadHandler(taskRoot: string, name: string): Promise<Handler> {
  const parts = /^((?:.*\/)?[^/.]+)\.(.+)$/.exec(name);
  if (parts === null) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const [, modulePath = '', exportPath = ''] = parts;
  let value: unknown = await load(findFile(taskRoot, modulePath));
  for (const key of exportPath.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  if (value === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof value !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  return value as Handler;
}
