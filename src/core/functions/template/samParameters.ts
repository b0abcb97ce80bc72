import { parseParameterOverrides } from '../parameterOverrides.ts';

/** Parameters, the files that aren't read yet, and those that can't be read or name themselves. */
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

  /** `open` are the files that are being read, outermost first. */
  function readFile(path: string, open: readonly string[]): Record<string, string> {
    const text = files?.get(path);
    if (text === undefined) neededFiles.add(path);
    const values = typeof text === 'string' && !open.includes(path) ? readValues(path, text) : undefined;
    if (values !== undefined) return read(values, [...open, path]);
    if (text !== undefined) missingFiles.add(path);
    return {};
  }

  function read(value: unknown, open: readonly string[]): Record<string, string> {
    if (typeof value === 'string' && value.startsWith('file://'))
      return readFile(pathBeside(open.at(-1) ?? '', value.slice('file://'.length)), open);
    if (Array.isArray(value))
      return Object.assign({}, ...value.map((part) => read(part, open))) as Record<string, string>;
    if (typeof value !== 'object' || value === null) return parseParameterOverrides(value);
    const { $include: include, ...others } = value as Readonly<Record<string, unknown>>;
    const included = include === undefined ? {} : read(include, open);
    return { ...included, ...parseParameterOverrides(others) };
  }

  const parameters = read(overrides, []);
  return { parameters, neededFiles: [...neededFiles], missingFiles: [...missingFiles] };
}
