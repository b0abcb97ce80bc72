import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { handlerParts } from '../../core/functions/handlerParts.ts';
import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import { isFile } from './pathKind.ts';

type HandlerFields = Pick<LocalFunction, 'handler' | 'runtime'>;

const JAVASCRIPT = ['.js', '.mjs', '.cjs'];
const TYPESCRIPT = ['.ts', '.mts', '.cts', '.tsx'];

export const isTypeScript = (file: string | undefined) => /\.([cm]?ts|tsx)$/.test(file ?? '');

/** The module of a handler without its extension, relative to the code folder. Empty for a custom runtime. */
export function modulePathOf({ runtime, handler }: HandlerFields): string {
  if (runtime.startsWith('provided')) return '';
  if (runtime.startsWith('python')) return handler.slice(0, Math.max(handler.lastIndexOf('.'), 0)).replaceAll('.', '/');
  return handlerParts(handler)?.modulePath ?? handler;
}

/**
 * The files that may contain the handler, relative to the code folder and in order of precedence. Source: aws-lambda-ric,
 * UserFunction.js; the finders of Python's importlib.
 */
export function handlerNames(fn: HandlerFields): string[] {
  if (fn.runtime.startsWith('provided')) return ['bootstrap'];
  const module = modulePathOf(fn);
  if (fn.runtime.startsWith('python'))
    return [`${module}/__init__.py`, `${module}/__init__.pyc`, `${module}.py`, `${module}.pyc`];
  return [
    ...JAVASCRIPT.map((extension) => `${module}${extension}`),
    module,
    `${module}/index.js`,
    ...TYPESCRIPT.map((extension) => `${module}${extension}`),
  ];
}

/** A Python extension module, such as `app.cpython-312-x86_64-linux-gnu.so`. */
function extensionModule(root: string, fn: HandlerFields): string | undefined {
  const path = join(root, modulePathOf(fn));
  try {
    const start = `${basename(path)}.`;
    const name = readdirSync(dirname(path)).find((each) => each.startsWith(start) && /\.(so|pyd)$/.test(each));
    return name === undefined ? undefined : join(dirname(path), name);
  } catch {
    return undefined;
  }
}

/** The path of the handler's file in a code folder. Undefined if it doesn't exist. */
export function findHandler(root: string, fn: HandlerFields): string | undefined {
  const name = handlerNames(fn).find((each) => isFile(join(root, each)));
  if (name !== undefined) return join(root, name);
  return fn.runtime.startsWith('python') ? extensionModule(root, fn) : undefined;
}
