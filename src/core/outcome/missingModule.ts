import { isNodeSdkPackage, isSdkPackage, type MissingSdkPackage } from '../functions/runtimeSdk.ts';
import { message, type Message } from '../messages/messages.ts';

/** Node.js's errors of `import` and `require`. They name the importing file or the require stack. */
const NODE_MODULE = /^(?:Error: )?Cannot find (?:module|package) '([^'\n]+)'/;
/** The message of Lambda's runtime, or Python's own one for an import in the handler. */
const PYTHON_MODULE = /^(?:Unable to import module '([^'\n]*)': )?No module named '([^'\n]+)'/;
const PYTHON_NAME = /^Unable to import module '[^'\n]*': cannot import name /;
const PYTHON_RELATIVE = /^Unable to import module '[^'\n]*': attempted relative import /;

/** Messages of the system's loader, about libraries for another system or architecture. */
const NATIVE =
  /: (?:invalid ELF header|wrong ELF class: |cannot open shared object file: |version `GLIBC|undefined symbol: )|^dlopen\(/;
/** Messages of packages about native modules that their installation builds or downloads. */
const NOT_BUILT = /^(?:Error: )?(?:Could not locate the bindings file\.|Could not load the "sharp" module )/;
const IMPORTED_FROM = / imported from (\S+)/;
/** A line of the require stack. */
const PARENT = /^- (.+)$/;

/** The folder of Lambda's runtime, which loads the handler's module. */
const RUNTIME_FOLDER = '/var/runtime/';

/** The package of an import: `a` of `a/b`, `@a/b` of `@a/b/c`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Specifiers that aren't names of packages: a compiler or bundler replaces them. */
const PATH_ALIAS = /^[@~#]\//;

function isPath(specifier: string): boolean {
  return /^(?:\.{0,2}[\\/]|\.{1,2}$|[A-Za-z]:[\\/]|file:)/.test(specifier);
}

/** The files in the require stack of a message. */
function parentsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => PARENT.exec(line)?.[1] ?? []);
}

function packageAdvice(name: string, isLocal: boolean): Message {
  if (name === 'aws-sdk') return message('adviceSdkV2');
  return message(isLocal && isSdkPackage(name) ? 'adviceRuntimeSdk' : 'adviceMissingPackage', name);
}

function nodeAdvice(text: string, isLocal: boolean): Message | undefined {
  const specifier = NODE_MODULE.exec(text)?.[1];
  if (specifier === undefined) return undefined;
  if (specifier.endsWith('.node')) return message('adviceNativeModule');
  const importer = IMPORTED_FROM.exec(text)?.[1];
  const parents = importer === undefined ? parentsOf(text.split('\n')) : [importer];
  const isHandlerModule = parents.length > 0 && parents.every((path) => path.startsWith(RUNTIME_FOLDER));
  if (isHandlerModule) return message('adviceHandlerModule', specifier);
  return isPath(specifier) || PATH_ALIAS.test(specifier)
    ? message('adviceMissingFile', specifier)
    : packageAdvice(packageOf(specifier), isLocal);
}

function pythonAdvice(text: string, isLocal: boolean): Message | undefined {
  if (PYTHON_NAME.test(text)) return message('adviceImportName');
  if (PYTHON_RELATIVE.test(text)) return message('adviceRelativeImport');
  const [, handlerModule = '', missing] = PYTHON_MODULE.exec(text) ?? [];
  if (missing === undefined) return undefined;
  const path = handlerModule.replaceAll('/', '.');
  const isHandlerModule = path === missing || path.startsWith(`${missing}.`);
  if (isHandlerModule) return message('adviceHandlerModule', handlerModule);
  // Python names only the first part that is missing.
  const parent = missing.slice(0, Math.max(0, missing.lastIndexOf('.')));
  return parent === '' ? packageAdvice(missing, isLocal) : message('adviceMissingSubmodule', parent, missing);
}

/**
 * Advice for a module that wasn't found or can't be loaded: a package, a part of one, a file of the function, or the module
 * in Handler. Undefined if the error message doesn't name a module. With `isLocal`, the AWS SDK of Lambda's runtime is only
 * missing locally. Source: messages of Node.js, Python, and AWS's runtime interface clients.
 */
export function missingModuleAdvice(errorMessage: string, isLocal: boolean): Message | undefined {
  if (NATIVE.test(errorMessage) || NOT_BUILT.test(errorMessage)) return message('adviceNativeModule');
  return nodeAdvice(errorMessage, isLocal) ?? pythonAdvice(errorMessage, isLocal);
}

/** The package of the runtime SDK that a local function lacks, according to its advice. */
export function missingSdkPackage(advice: Message | undefined): MissingSdkPackage | undefined {
  if (advice?.code !== 'adviceRuntimeSdk') return undefined;
  const name = String(advice.args[0]);
  return { language: isNodeSdkPackage(name) ? 'node' : 'python', name };
}
