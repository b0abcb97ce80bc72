import { createRequire } from 'node:module';
import { esbuildCompiler } from './esbuildCompiler.ts';
import { hasDecorators, type Compiler, type Source } from './compiler.ts';
import { sucraseCompiler } from './sucraseCompiler.ts';
import { canTranspile, typeScriptCompiler } from './typeScriptCompiler.ts';

export interface Compilers {
  /** The compilers for a file, in order of precedence. The last one is included in this extension. */
  readonly forSource: (source: Source) => readonly Compiler[];
  readonly hasTypeScript: boolean;
}

interface Package {
  readonly version: string;
  readonly load: () => unknown;
}

/** A package that the project has installed in a `node_modules` folder. */
function installedPackage(name: string, from: string): Package | undefined {
  const require = createRequire(from);
  try {
    const { version } = require(`${name}/package.json`) as { readonly version: string };
    return { version, load: () => require(name) as unknown };
  } catch {
    return undefined;
  }
}

/** The compilers that are installed for a file. */
export function findCompilers(file: string): Compilers {
  const esbuild = installedPackage('esbuild', file);
  const typeScript = installedPackage('typescript', file);
  const esbuildList = esbuild === undefined ? [] : [esbuildCompiler(esbuild.version, esbuild.load)];
  const typeScriptList =
    typeScript === undefined || !canTranspile(typeScript.version)
      ? []
      : [typeScriptCompiler(typeScript.version, typeScript.load)];
  return {
    hasTypeScript: typeScriptList.length > 0,
    forSource({ text, options }) {
      const needsTypeScript = options.compilerOptions['emitDecoratorMetadata'] === true && hasDecorators(text);
      const installed = [...esbuildList, ...typeScriptList];
      return [...(needsTypeScript ? installed.toReversed() : installed), sucraseCompiler];
    },
  };
}
