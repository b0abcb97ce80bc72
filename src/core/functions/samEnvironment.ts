import { hasTooManyValues } from '../json/jsonShape.ts';
import { parseDotenv } from './template/dotenvFile.ts';
import { isRecord } from '../json/isRecord.ts';

/** Values for the environment variables of a template's functions. */
export type SamEnvironment = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Parses the file of `sam local invoke --env-vars`: JSON with an object for each function, or the lines of a `.env` file.
 * Undefined if it's neither. The reason is left out, because it would quote the file. Source: AWS SAM CLI, "Environment variable file".
 */
export function parseSamEnvironment(text: string): SamEnvironment | undefined {
  if (hasTooManyValues(text)) return undefined;
  try {
    const values: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    const isValid = isRecord(values) && Object.values(values).every(isRecord);
    return isValid ? (values as SamEnvironment) : undefined;
  } catch {
    const values = parseDotenv(text);
    return values.size === 0 ? undefined : { Parameters: Object.fromEntries(values) };
  }
}

/** A value as SAM sets it: an object or list, as of an unresolved function, is an empty text. */
function valueText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/**
 * The values for a function: those below `Parameters` for all functions, and those below the first of its names that has
 * any. SAM sets only variables that the template declares, so the caller selects them.
 */
export function samVariablesOf(values: SamEnvironment, names: readonly string[]): Readonly<Record<string, string>> {
  const valuesOf = (name: string) => (Object.hasOwn(values, name) ? (values[name] ?? {}) : {});
  const own = names.map(valuesOf).find((variables) => Object.keys(variables).length > 0) ?? {};
  const merged = Object.entries({ ...valuesOf('Parameters'), ...own });
  return Object.fromEntries(merged.map(([name, value]) => [name, valueText(value)]));
}
