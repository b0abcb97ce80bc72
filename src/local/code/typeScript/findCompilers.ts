import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { esbuildCompiler } from './esbuildCompiler.ts';
import { hasDecorators, type Compiler, type Source } from './compiler.ts';
import type { Inputs } from './inputs.ts';
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

/** A package in the nearest `node_modules` folder that has it. */
function installedPackage(name: string, from: string, inputs: Inputs): Package | undefined {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const text = inputs.read(join(folder, 'node_modules', name, 'package.json'));
    if (text !== undefined) {
      const version = /"version"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? '';
      return { version, load: () => createRequire(from)(name) as unknown };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

/** The compilers that are installed for a file. */
export function findCompilers(file: string, inputs: Inputs): Compilers {
  const esbuild = installedPackage('esbuild', file, inputs);
  const typeScript = installedPackage('typescript', file, inputs);
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
