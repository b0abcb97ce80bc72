import type { CompileFault } from './program.ts';
import type { TypeScriptOptions } from './tsconfig.ts';

export interface Source {
  readonly file: string;
  readonly text: string;
  readonly options: TypeScriptOptions;
}

/** CommonJS and its source map as JSON, or why the source can't be compiled. */
export type Compiled = { readonly code: string; readonly map?: string } | { readonly fault: CompileFault };

export interface Compiler {
  /** Its name and version. */
  readonly id: string;
  /** Rejects if the compiler itself doesn't work, for example because it was installed for another system. */
  readonly compile: (source: Source) => Promise<Compiled>;
}

/** The compiler options that change the code of a single file. */
const OPTIONS = [
  'alwaysStrict',
  'emitDecoratorMetadata',
  'esModuleInterop',
  'experimentalDecorators',
  'importsNotUsedAsValues',
  'jsx',
  'jsxFactory',
  'jsxFragmentFactory',
  'jsxImportSource',
  'preserveValueImports',
  'strict',
  'target',
  'useDefineForClassFields',
  'verbatimModuleSyntax',
];

export function relevantOptions({ compilerOptions }: TypeScriptOptions): Record<string, unknown> {
  const entries = OPTIONS.map((name) => [name, compilerOptions[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Whether a file probably has decorators. */
export function hasDecorators(text: string): boolean {
  return /(?:^|[(,])[ \t]*@[A-Za-z_$]/m.test(text);
}
