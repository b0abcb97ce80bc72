import { isRecord } from '../../core/json/isRecord.ts';

/** What a function couldn't find: a package, the module of a Python handler, or a path below `/opt`. */
export type NotFound =
  | { readonly kind: 'handler'; readonly module: string }
  | { readonly kind: 'package'; readonly name: string }
  /** `isModule`: it was imported, not opened. */
  | { readonly kind: 'opt'; readonly path: string; readonly isModule: boolean };

/** The maximum size of an error in bytes. Errors of module loaders are smaller. */
const MAX_BYTES = 100_000;

const NODE_MODULE = /^(?:Error: )?Cannot find (?:module|package) '([^'\n]+)'/;
/** The parents of a handler's module that doesn't exist: only Lambda's runtime. */
const ONLY_RUNTIME = /\nRequire stack:\n- \/var\/runtime\/[^\n]*$/;
const PYTHON_MODULE = /(?:^Unable to import module '([^'\n]*)': )?No module named '([^'\n]+)'/;
/** The error of Node.js and of Python for a file that doesn't exist. */
const NO_FILE = /no such file or directory/i;
const OPT_PATH = /'(\/opt\/[^'\n]+)'/;

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function missingInNode(text: string): NotFound | undefined {
  const specifier = NODE_MODULE.exec(text)?.[1];
  if (specifier?.startsWith('/opt/') === true) return { kind: 'opt', path: specifier, isModule: true };
  if (specifier === undefined || ONLY_RUNTIME.test(text)) return undefined;
  // A bundler or compiler replaces aliases such as `@/a`.
  const isPath = /^(?:[.\\/]|[@~#]\/|[A-Za-z]:|file:)/.test(specifier);
  return isPath ? undefined : { kind: 'package', name: packageOf(specifier) };
}

function missingInPython(text: string): NotFound | undefined {
  const [, handler = '', module] = PYTHON_MODULE.exec(text) ?? [];
  if (module === undefined) return undefined;
  const path = handler.replaceAll('/', '.');
  const isHandler = path === module || path.startsWith(`${module}.`);
  // Python names the first part that is missing. A name with a dot is a part of a package that is installed.
  if (isHandler) return { kind: 'handler', module };
  return module.includes('.') ? undefined : { kind: 'package', name: module };
}

/**
 * What a function couldn't find, according to its error. Undefined for other errors. Source: messages of Node.js, Python,
 * and AWS's runtime clients.
 */
export function parseNotFound(payload: Buffer): NotFound | undefined {
  if (payload.byteLength > MAX_BYTES) return undefined;
  let error: unknown;
  try {
    error = JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
  const text = isRecord(error) ? error['errorMessage'] : undefined;
  if (typeof text !== 'string') return undefined;
  const file = NO_FILE.test(text) ? OPT_PATH.exec(text)?.[1] : undefined;
  if (file !== undefined) return { kind: 'opt', path: file, isModule: false };
  return missingInNode(text) ?? missingInPython(text);
}
