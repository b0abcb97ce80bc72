import { extname } from 'node:path';
import { isRecord } from '../../../core/json/isRecord.ts';
import { relevantOptions, type Compiled, type Compiler, type Source } from './compiler.ts';

interface TransformOptions {
  readonly loader: string;
  readonly format: 'cjs';
  readonly target: string;
  readonly sourcemap: 'external';
  readonly sourcefile: string;
  readonly tsconfigRaw: string;
  readonly logLevel: 'silent';
  readonly supported?: Readonly<Record<string, boolean>>;
}

/** What is used of esbuild, in all versions since 0.8. */
interface Esbuild {
  readonly version: string;
  readonly transform: (
    text: string,
    options: TransformOptions,
  ) => Promise<{ readonly code: string; readonly map: string }>;
}

/** The oldest version of Node.js that runs the compiled code. */
const TARGET = 'node20';

/** Since 0.14.46, esbuild can convert `import()`, which doesn't find TypeScript, to `require`. */
function canConvertImports(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major > 0 || minor > 14 || (minor === 14 && patch >= 46);
}

function loaderOf(file: string): string {
  const extension = extname(file).slice(1);
  return extension === 'cts' || extension === 'mts' ? 'ts' : extension;
}

function faultOf(error: unknown): Compiled | undefined {
  const errors: unknown = isRecord(error) ? error['errors'] : undefined;
  const [first] = Array.isArray(errors) ? (errors as readonly unknown[]) : [];
  if (!isRecord(first) || !isRecord(first['location'])) return undefined;
  const { line, column } = first['location'];
  return { fault: { text: String(first['text']), line: Number(line), column: Number(column) + 1 } };
}

/** The project's esbuild. */
export function esbuildCompiler(version: string, load: () => unknown): Compiler {
  return {
    id: `esbuild ${version}`,
    async compile({ file, text, options }: Source) {
      const { transform } = load() as Esbuild;
      try {
        return await transform(text, {
          loader: loaderOf(file),
          format: 'cjs',
          target: TARGET,
          sourcemap: 'external',
          sourcefile: file,
          tsconfigRaw: JSON.stringify({ compilerOptions: relevantOptions(options) }),
          logLevel: 'silent',
          ...(canConvertImports(version) && { supported: { 'dynamic-import': false } }),
        });
      } catch (error) {
        const fault = faultOf(error);
        if (fault === undefined) throw error;
        return fault;
      }
    },
  };
}
