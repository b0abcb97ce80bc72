import { parseExactJson } from '../json/exactNumbers.ts';
import { isRecord } from '../json/isRecord.ts';

/** Environment variables by name. */
export type EnvironmentVariables = Readonly<Record<string, string>>;

/** A name that Lambda accepts. Source: Lambda API reference, Environment. */
const NAME = /^[A-Za-z]\w*$/;

/**
 * Parses environment variables in JSON. Numbers keep their digits. Undefined if it isn't an object, or if it has an
 * invalid name or a value that isn't a string, number, or boolean.
 */
export function parseEnvironmentVariables(json: string): EnvironmentVariables | undefined {
  let values: unknown;
  try {
    values = parseExactJson(json);
  } catch {
    return undefined;
  }
  if (!isRecord(values)) return undefined;
  const entries = Object.entries(values);
  const isValid = entries.every(
    ([name, value]) => NAME.test(name) && ['string', 'number', 'boolean'].includes(typeof value),
  );
  return isValid ? Object.fromEntries(entries.map(([name, value]) => [name, String(value)])) : undefined;
}

/** The environment variables of a preset, if it has any. */
export function presetEnvironment({ environment: json }: { readonly environment?: string }): {
  readonly environment?: EnvironmentVariables;
} {
  const environment = json === undefined ? undefined : parseEnvironmentVariables(json);
  return environment === undefined ? {} : { environment };
}
