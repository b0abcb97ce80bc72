import { message, type Message } from '../messages/messages.ts';

/** Node.js's errors of `import` and `require`. They name the importing file or the require stack. */
const NODE_MODULE = /^(?:Error: )?Cannot find (?:module|package) '([^'\n]+)'/;
const PYTHON_MODULE = /^Unable to import module '([^'\n]*)': No module named '([^'\n]+)'/;
const IMPORTED_FROM = / imported from (\S+)/;
/** A line of the require stack. */
const PARENT = /^- (.+)$/;

/** The folder of Lambda's runtime, which loads the handler's module. */
const RUNTIME_FOLDER = '/var/runtime/';

/** The package of an import: `a` of `a/b`, `@a/b` of `@a/b/c`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isPath(specifier: string): boolean {
  return /^(?:\.{0,2}[\\/]|\.{1,2}$|[A-Za-z]:[\\/]|file:)/.test(specifier);
}

/** The files in the require stack of a message. */
function parentsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => PARENT.exec(line)?.[1] ?? []);
}

function nodeAdvice(text: string): Message | undefined {
  const specifier = NODE_MODULE.exec(text)?.[1];
  if (specifier === undefined) return undefined;
  const importer = IMPORTED_FROM.exec(text)?.[1];
  const parents = importer === undefined ? parentsOf(text.split('\n')) : [importer];
  const isHandlerModule = parents.length > 0 && parents.every((path) => path.startsWith(RUNTIME_FOLDER));
  if (isHandlerModule) return message('adviceHandlerModule', specifier);
  return isPath(specifier)
    ? message('adviceMissingFile', specifier)
    : message('adviceMissingPackage', packageOf(specifier));
}

function pythonAdvice(text: string): Message | undefined {
  const [, handlerModule = '', missing] = PYTHON_MODULE.exec(text) ?? [];
  if (missing === undefined) return undefined;
  const path = handlerModule.replaceAll('/', '.');
  const isHandlerModule = path === missing || path.startsWith(`${missing}.`);
  return isHandlerModule
    ? message('adviceHandlerModule', handlerModule)
    : message('adviceMissingPackage', missing.split('.', 1).join(''));
}

/**
 * Advice for a module that wasn't found: a package, a file of the function, or the module in Handler. Undefined if the
 * error message doesn't name a module. Source: messages of Node.js and of AWS's runtime interface clients.
 */
export function missingModuleAdvice(errorMessage: string): Message | undefined {
  return nodeAdvice(errorMessage) ?? pythonAdvice(errorMessage);
}
