import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { pathToFileURL } from 'node:url';
import { message, toSentence } from '../../../core/messages/messages.ts';
import { adaptSource } from './adaptSource.ts';
import { hasDecorators, relevantOptions, type Compiled, type Source } from './compiler.ts';
import type { Compilers } from './findCompilers.ts';
import { hasModuleSyntax, PROGRAM_FORMAT, type CompiledFile, type CompileFault } from './program.ts';

/** A compiled file, whose imports aren't resolved yet. */
export type CompiledCode = Omit<CompiledFile, 'imports' | 'isAsync'>;

/** Identifies a source, its compilers, and their options. */
export function keyOf(source: Source, compilers: Compilers): string {
  const ids = compilers.forSource(source).map(({ id }) => id);
  const parts = [PROGRAM_FORMAT, source.file, source.text, ids, relevantOptions(source.options)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

interface ParsedCode {
  readonly awaits?: boolean;
  readonly fault?: CompileFault;
}

/**
 * Whether V8 accepts code as the body of a function, or of an async one. In a function that isn't async, `await (0, a.b)()`
 * calls a function named `await`. In a static block, it's a syntax error, as in the ES module that was compiled.
 */
function parse(code: string, { file, text }: Source): ParsedCode {
  const tryAs = (prefix: string, suffix = '') => new Script(`(${prefix}{${code}\n}${suffix})`, { filename: file });
  const isAmbiguous = hasModuleSyntax(text) && /\bawait\b/.test(code);
  try {
    if (isAmbiguous) tryAs('class{static', '}');
    else tryAs('function()');
    return {};
  } catch {
    try {
      tryAs('async function()');
      return { awaits: true };
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? '') : '';
      const line = Number(stack.slice(file.length + 1, stack.indexOf('\n')));
      return { fault: { text: error instanceof Error ? error.message : '', ...(line > 0 && { line }) } };
    }
  }
}

/** The source map with an absolute path to the source, which debuggers read from there. */
function ownMap(map: string, file: string): string {
  const { sourcesContent: _, ...fields } = JSON.parse(map) as Record<string, unknown>;
  return JSON.stringify({ ...fields, sources: [pathToFileURL(file).href], sourceRoot: '' });
}

/** Explains a syntax error in compiled code: a compiler that doesn't support decorators keeps them. */
function explain(fault: CompileFault, { text }: Source): CompileFault {
  const line = text.split('\n')[(fault.line ?? 0) - 1] ?? '';
  const isSign = fault.text === 'Invalid or unexpected token' && line.includes('@');
  return isSign || hasDecorators(text) ? { ...fault, text: toSentence(message('decoratorsNeedCompiler')) } : fault;
}

/**
 * Compiles a file to CommonJS with the first compiler that can. Without one, the result has the fault of the first: other
 * compilers can have errors only because they don't support its syntax.
 */
export async function compileFile(source: Source, compilers: Compilers): Promise<CompiledCode> {
  const key = keyOf(source, compilers);
  const text = await adaptSource(source);
  let firstFault: CompileFault | undefined;
  for (const compiler of compilers.forSource(source)) {
    const compiled: Compiled | undefined = await compiler.compile({ ...source, text }).catch(() => undefined);
    if (compiled === undefined) continue;
    if ('fault' in compiled) {
      firstFault ??= compiled.fault;
      continue;
    }
    const { code, map } = compiled;
    const { fault, awaits } = parse(code, source);
    if (fault === undefined)
      return {
        key,
        code,
        ...(map !== undefined && { map: ownMap(map, source.file) }),
        ...(awaits === true && { awaits }),
      };
    firstFault ??= explain(fault, source);
  }
  return { key, code: '', fault: firstFault ?? { text: 'No compiler' } };
}
