import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { compileFile, keyOf, type CompiledCode } from './compileFile.ts';
import { hasDecorators, type Source } from './compiler.ts';
import { findCompilers, type Compilers } from './findCompilers.ts';
import { createInputs, type Inputs } from './inputs.ts';
import {
  hasModuleSyntax,
  PROGRAM_FORMAT,
  TYPESCRIPT_FILE,
  type CompiledFile,
  type Program,
  type ProgramNote,
} from './program.ts';
import { isInstalled, resolveImport } from './resolveImport.ts';
import { createOptionsReader } from './tsconfig.ts';

/** The maximum number of files in a program. */
const MAX_FILES = 5000;

/** The specifiers of `require` calls. Imports of types aren't in compiled code. */
function importsOf(code: string): string[] {
  return [...code.matchAll(/\brequire\((?:"([^"\n]+)"|'([^'\n]+)')\)/g)].map(([, a, b]) => a ?? b ?? '');
}

/** Whether a file is compiled: TypeScript, and JavaScript with ES module syntax, which may import TypeScript. */
function isCompiled(file: string, inputs: Inputs): boolean {
  if (TYPESCRIPT_FILE.test(file)) return true;
  return /\.jsx?$/.test(file) && !isInstalled(file) && hasModuleSyntax(inputs.read(file) ?? '');
}

function notesOf({ file, text, options }: Source, { code }: CompiledCode, compilers: Compilers): ProgramNote[] {
  const { emitDecoratorMetadata } = options.compilerOptions;
  const lacksMetadata = emitDecoratorMetadata === true && !compilers.hasTypeScript && hasDecorators(text);
  const [best] = compilers.forSource({ file, text, options });
  const namespace = best?.id === 'sucrase' ? /^[ \t]*(?:export )?namespace ([\w$]+)/m.exec(text)?.[1] : undefined;
  return [
    ...(lacksMetadata ? [{ code: 'decoratorMetadataMissing', file } as const] : []),
    ...(namespace !== undefined && code.includes(`${namespace}.`)
      ? [{ code: 'namespacesNeedCompiler', file } as const]
      : []),
  ];
}

/** Marks the files that import a file that awaits something at its top level. */
function markAsync(files: Record<string, CompiledFile>): void {
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (const [path, file] of Object.entries(files)) {
      if (file.isAsync === true || !Object.values(file.imports).some((each) => files[each]?.isAsync === true)) continue;
      files[path] = { ...file, isAsync: true };
      isDone = false;
    }
  }
}

/**
 * Compiles a file and the files of the workspace that it imports, except those that haven't changed since the previous
 * program. Rejects if the file doesn't exist.
 */
export async function compileProgram(entry: string, previous?: Program): Promise<Program> {
  const inputs = createInputs();
  const optionsOf = createOptionsReader(inputs);
  const compilers = findCompilers(entry, inputs);
  const files: Record<string, CompiledFile> = {};
  const notes: ProgramNote[] = [];

  async function add(file: string): Promise<string[]> {
    const options = optionsOf(dirname(file));
    const source = { file, text: inputs.read(file) ?? '', options };
    const before = previous?.files[file];
    const isSame = before !== undefined && before.fault === undefined && before.key === keyOf(source, compilers);
    const compiled = isSame ? before : await compileFile(source, compilers);
    notes.push(...notesOf(source, compiled, compilers));
    const imports: Record<string, string> = {};
    for (const specifier of importsOf(compiled.code)) {
      const target = resolveImport(specifier, { from: file, options, inputs });
      if (target !== undefined) imports[specifier] = target;
    }
    files[file] = { ...compiled, imports, isAsync: compiled.awaits === true };
    return Object.values(imports).filter((target) => isCompiled(target, inputs));
  }

  const seen = new Set<string>();
  for (let next = [realpathSync(entry)]; next.length > 0;) {
    for (const file of next) seen.add(file);
    const imported = await Promise.all(next.map(add));
    next = [...new Set(imported.flat())].filter((file) => !seen.has(file)).slice(0, MAX_FILES - seen.size);
  }
  markAsync(files);
  return { format: PROGRAM_FORMAT, files, inputs: inputs.states, notes };
}
