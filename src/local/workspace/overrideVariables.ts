import type { WorkspaceFunction } from './workspaceFunctions.ts';

/** The function with some of its environment variables overridden. */
export function overrideVariables(
  definition: WorkspaceFunction,
  variables: Readonly<Record<string, string>> | undefined,
): WorkspaceFunction {
  if (variables === undefined) return definition;
  const { fn, placeholders, ...others } = definition;
  const remaining = placeholders?.filter((name) => !Object.hasOwn(variables, name)) ?? [];
  return {
    ...others,
    fn: { ...fn, environment: { ...fn.environment, ...variables } },
    ...(remaining.length > 0 && { placeholders: remaining }),
  };
}
