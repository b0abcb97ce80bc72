import { parseFunctionName } from './functionName.ts';

interface Names {
  readonly names: readonly string[];
  /** Whether these are all functions of the connection. Undefined if they can't be listed. */
  readonly isComplete: boolean | undefined;
}

/**
 * The recently used functions that the connection has, as far as its list is known. ARNs are kept, because they can name
 * functions of other accounts, which no list contains.
 */
export function recentsOnConnection(recents: readonly string[], { names, isComplete }: Names): string[] {
  if (isComplete !== true) return [...recents];
  const known = new Set(names);
  return recents.filter((recent) => {
    const parts = parseFunctionName(recent);
    return parts === undefined || parts.accountId !== undefined || known.has(parts.name);
  });
}

interface WorkspaceName {
  readonly plainName: string;
  readonly otherNames: readonly string[];
}

/**
 * Whether a workspace function is deployed as one of the functions with these names: by its name in the template, or by one that
 * CloudFormation generates from its logical ID, such as `shop-Orders-AB12`.
 */
export function isDeployed({ plainName, otherNames }: WorkspaceName, names: readonly string[]): boolean {
  const own = [plainName, ...otherNames];
  return names.some((deployed) => own.some((one) => deployed === one || deployed.includes(`-${one}-`)));
}
