import { basename } from 'node:path';
import { CLIENT_VERSION } from './clientVersion.ts';
import { loadModule } from './loadModule.ts';
import { RuntimeError } from './runtimeErrors.ts';

/** A handler. Streaming handlers and those of version 4 have other parameters. */
export type Handler = (
  event: unknown,
  context: unknown,
  callback: (error: unknown, result?: unknown) => void,
) => unknown;

/** A member of an object. Version 3 also reads members of functions and other truthy values. */
function memberOf(value: unknown, name: string): unknown {
  const hasMembers = CLIENT_VERSION === 4 ? typeof value === 'object' && value !== null : Boolean(value);
  return hasMembers ? (value as Record<string, unknown>)[name] : undefined;
}

/** Finds the export `a.b`. Version 4 also looks in the default export. */
function findExport(loaded: unknown, exportPath: string): unknown {
  const keys = exportPath.split('.');
  const value = keys.reduce(memberOf, loaded);
  if (value || CLIENT_VERSION === 3) return value;
  return keys.reduce(memberOf, memberOf(loaded, 'default'));
}

/**
 * Loads the handler `path/file.export` (nested exports: `file.a.b`) from a CommonJS or ES module, as AWS's runtime
 * interface client does. Rejects with its errors: Runtime.MalformedHandlerName, ImportModuleError,
 * UserCodeSyntaxError, HandlerNotFound. Source: aws-lambda-ric, UserFunction.js (version 3) and
 * user-function-loader.js (version 4).
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  if (handler.includes('..')) {
    const message = `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`;
    throw new RuntimeError('Runtime.MalformedHandlerName', message);
  }
  const file = basename(handler);
  const dot = file.indexOf('.');
  if (dot === -1) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const folder = handler.slice(0, handler.indexOf(file));
  const loaded = await loadModule({ taskRoot, folder, name: file.slice(0, dot) });
  const value = findExport(loaded, file.slice(dot + 1));
  if (!value) throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof value !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return value as Handler;
}
