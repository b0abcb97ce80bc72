import { parseParameterOverrides } from '../parameterOverrides.ts';

/** How deep files with parameters can name other files. */
const MAX_DEPTH = 5;

/** Parameters, and the files with parameters that aren't read yet or can't be read. */
export interface SamParameters {
  readonly parameters: Readonly<Record<string, string>>;
  readonly neededFiles: readonly string[];
  readonly missingFiles: readonly string[];
}

/** The values in a file, or undefined if it's invalid. */
type ReadValues = (path: string, text: string) => unknown;

function pathBeside(file: string, path: string): string {
  return path.startsWith('/') ? path : file.slice(0, file.lastIndexOf('/') + 1) + path;
}

/**
 * Reads `parameter_overrides` with the files that it names: `file://…` in a text or list, and `$include` in a table.
 * Later values win. Source: AWS SAM CLI, `--parameter-overrides`.
 */
export function readSamParameters(
  overrides: unknown,
  files: ReadonlyMap<string, string | null> | undefined,
  readValues: ReadValues,
): SamParameters {
  const neededFiles = new Set<string>();
  const missingFiles = new Set<string>();

  function readFile(path: string, depth: number): Record<string, string> {
    const text = files?.get(path);
    if (text === undefined) neededFiles.add(path);
    const values = typeof text === 'string' ? readValues(path, text) : undefined;
    if (text === null || (text !== undefined && values === undefined)) missingFiles.add(path);
    return values === undefined || depth >= MAX_DEPTH ? {} : read(values, path, depth + 1);
  }

  function read(value: unknown, file: string, depth: number): Record<string, string> {
    if (typeof value === 'string' && value.startsWith('file://'))
      return readFile(pathBeside(file, value.slice('file://'.length)), depth);
    if (Array.isArray(value))
      return Object.assign({}, ...value.map((part) => read(part, file, depth))) as Record<string, string>;
    if (typeof value !== 'object' || value === null) return parseParameterOverrides(value);
    const { $include: include, ...others } = value as Readonly<Record<string, unknown>>;
    const included = include === undefined ? {} : read(include, file, depth);
    return { ...included, ...parseParameterOverrides(others) };
  }

  const parameters = read(overrides, '', 0);
  return { parameters, neededFiles: [...neededFiles], missingFiles: [...missingFiles] };
}
