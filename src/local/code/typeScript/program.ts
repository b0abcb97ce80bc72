// The compiled form of a handler in TypeScript and of the files it imports, which the local endpoint passes to the process
// of the function.

/** Why a file can't be compiled. Lines and columns start at 1. */
export interface CompileFault {
  readonly text: string;
  readonly line?: number;
  readonly column?: number;
}

export interface CompiledFile {
  /** Identifies the source, the compiler, and its options. */
  readonly key: string;
  /** CommonJS. A file that awaits something at its top level is an async function. */
  readonly code: string;
  /** The source map as JSON. Absent if the lines are the same. */
  readonly map?: string;
  readonly fault?: CompileFault;
  /** The files that its import specifiers refer to, except those that Node.js finds. */
  readonly imports: Readonly<Record<string, string>>;
  /** Whether the file awaits something at its top level. */
  readonly awaits?: boolean;
  /** Whether the file, or a file it imports, awaits something at its top level. */
  readonly isAsync?: boolean;
}

/** A note for the log: a code of a message, and its values. */
export interface ProgramNote {
  readonly code: 'decoratorMetadataMissing' | 'namespacesNeedCompiler';
  readonly file: string;
}

/** The state of a file that was read. Null if it was missing. */
export type InputState = readonly [mtimeMs: number, size: number] | null;

export interface Program {
  /** Programs of other versions of this extension aren't used. */
  readonly format: number;
  readonly files: Readonly<Record<string, CompiledFile>>;
  /** What the program depends on, by path. */
  readonly inputs: Readonly<Record<string, InputState>>;
  readonly notes: readonly ProgramNote[];
}

/** Increased whenever compiled code of earlier versions can't be used anymore. */
export const PROGRAM_FORMAT = 2;

/** The path of a file with a program. The Node.js bootstrap removes this variable from the environment. */
export const PROGRAM_VARIABLE = 'LAMBDA_INVOKE_PROGRAM';

/** The parameter that replaces `import.meta` in compiled code. It has the same length, so that columns don't change. */
export const IMPORT_META = 'import_meta';

/** TypeScript files. */
export const TYPESCRIPT_FILE = /\.[cm]?tsx?$/;

/** Whether the text of a file has `import` or `export` at the start of a line. */
export function hasModuleSyntax(text: string): boolean {
  return /^[ \t]*(?:import|export)\b/m.test(text);
}
