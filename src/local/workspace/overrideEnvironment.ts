import { samVariablesOf, type SamEnvironment } from '../../core/functions/samEnvironment.ts';
import type { DefinedFunction } from './workspaceFunctions.ts';

/** Values that override those of a function's file. */
export interface EnvironmentOverrides {
  /** Environment files, for declared variables only. Later ones override. */
  readonly files: readonly SamEnvironment[];
  /** The `environment` of `localFunctions`, by the name of a template's function. */
  readonly localFunctions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function namesOf({ definition, plainName, otherNames }: DefinedFunction): string[] {
  return [definition.logicalId ?? plainName, plainName, ...otherNames];
}

function declaredOf(names: readonly string[], { fn }: DefinedFunction, files: readonly SamEnvironment[]) {
  const values = files.flatMap((file) => Object.entries(samVariablesOf(file, names)));
  return Object.fromEntries(values.filter(([name]) => Object.hasOwn(fn.environment, name)));
}

/** The function with its variables overridden. The same object if nothing applies. */
export function overrideEnvironment(
  definition: DefinedFunction,
  { files, localFunctions }: EnvironmentOverrides,
): DefinedFunction {
  const names = namesOf(definition);
  const isInTemplate = definition.definition.logicalId !== undefined;
  const configured = isInTemplate ? names.find((name) => Object.hasOwn(localFunctions, name)) : undefined;
  const own = configured === undefined ? {} : (localFunctions[configured] ?? {});
  const values = { ...declaredOf(names, definition, files), ...own };
  if (Object.keys(values).length === 0) return definition;
  const { fn, placeholders, ...others } = definition;
  const remaining = placeholders?.filter((name) => !Object.hasOwn(values, name)) ?? [];
  return {
    ...others,
    fn: { ...fn, environment: { ...fn.environment, ...values } },
    ...(remaining.length > 0 && { placeholders: remaining }),
  };
}
