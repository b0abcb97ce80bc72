import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import { isRecord } from '../../../core/json/isRecord.ts';
import type { Inputs } from './inputs.ts';

/** The options of a tsconfig.json that matter for running code. */
export interface TypeScriptOptions {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  /** The folder that imports without `./` can be relative to. */
  readonly baseUrl?: string;
  /** Patterns of imports, and absolute paths. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

const NO_OPTIONS: TypeScriptOptions = { compilerOptions: {}, paths: {} };

/** Longer chains of `extends` are circular. */
const MAX_EXTENDS = 20;

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

/** The file that `extends` refers to: a path, or a file of a package. */
function extendedFile(name: string, folder: string, inputs: Inputs): string | undefined {
  if (isAbsolute(name) || name.startsWith('.')) {
    const path = resolve(folder, name);
    return [path, `${path}.json`, join(path, 'tsconfig.json')].find(inputs.isFile);
  }
  const { resolve: find } = createRequire(join(folder, 'tsconfig.json'));
  for (const path of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      const file = find(path);
      if (file.endsWith('.json')) return file;
    } catch {
      // no such file
    }
  }
  return undefined;
}

function pathsOf(paths: unknown, base: string): TypeScriptOptions['paths'] {
  if (!isRecord(paths)) return {};
  return Object.fromEntries(
    Object.entries(paths).map(([pattern, targets]) => [pattern, textsOf(targets).map((each) => resolve(base, each))]),
  );
}

function readOptions(file: string, inputs: Inputs, depth = 0): TypeScriptOptions {
  const config: unknown = parse(inputs.read(file) ?? '', [], { allowTrailingComma: true });
  if (!isRecord(config) || depth > MAX_EXTENDS) return NO_OPTIONS;
  const folder = dirname(file);
  let options = NO_OPTIONS;
  for (const name of textsOf(config['extends'])) {
    const extended = extendedFile(name, folder, inputs);
    if (extended === undefined) continue;
    const { compilerOptions, ...rest } = readOptions(extended, inputs, depth + 1);
    options = { ...options, ...rest, compilerOptions: { ...options.compilerOptions, ...compilerOptions } };
  }
  const own = isRecord(config['compilerOptions']) ? config['compilerOptions'] : {};
  const { baseUrl, paths } = own;
  const base = typeof baseUrl === 'string' ? resolve(folder, baseUrl) : options.baseUrl;
  return {
    compilerOptions: { ...options.compilerOptions, ...own },
    ...(base !== undefined && { baseUrl: base }),
    paths: paths === undefined ? options.paths : pathsOf(paths, base ?? folder),
  };
}

/** Returns a function that finds the options for the files in a folder: those of the nearest tsconfig.json. */
export function createOptionsReader(inputs: Inputs): (folder: string) => TypeScriptOptions {
  const known = new Map<string, TypeScriptOptions>();
  const read = (folder: string): TypeScriptOptions => {
    let options = known.get(folder);
    if (options === undefined) {
      const file = join(folder, 'tsconfig.json');
      const parent = dirname(folder);
      if (inputs.isFile(file)) options = readOptions(file, inputs);
      else options = parent === folder ? NO_OPTIONS : read(parent);
      known.set(folder, options);
    }
    return options;
  };
  return read;
}
