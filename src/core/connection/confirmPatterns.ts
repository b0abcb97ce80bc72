import { matchesWildcard } from './matchesWildcard.ts';
import { parseFunctionName, splitQualifier } from '../functions/functionName.ts';
import type { Invocation } from '../invocation/invocation.ts';

/** Whose credentials an invocation is made with, as patterns are held against it. */
export interface Caller {
  /** The profile that counts, also where nobody chose it. */
  readonly profile: string;
  /** Absent where it is not known. */
  readonly accountId?: string | undefined;
}

type Asked = Pick<Invocation, 'FunctionName' | 'Qualifier' | 'InvocationType'>;

/** The first pattern that a connection matches by itself: its profile or its account. */
export function protectingPattern(patterns: readonly string[], { profile, accountId }: Caller): string | undefined {
  const candidates = accountId === undefined ? [profile] : [profile, accountId];
  return patterns.find((pattern) => candidates.some((candidate) => matchesWildcard(pattern, candidate)));
}

/**
 * The first pattern that asks for a confirmation before this invocation, or undefined. A pattern is held against the
 * profile, the account (the function's own, where its ARN names one), the function's bare name and the whole
 * FunctionName, each with the Qualifier as well; `*` stands for any text, case does not matter.
 * DryRun runs nothing and is never asked about.
 */
export function confirmingPattern(
  patterns: readonly string[],
  { FunctionName, Qualifier, InvocationType }: Asked,
  { profile, accountId }: Caller,
): string | undefined {
  if (InvocationType === 'DryRun') return undefined;
  const parts = parseFunctionName(FunctionName);
  const name = parts?.name ?? FunctionName;
  // A qualifier in the name counts as one in its own field.
  const qualifier = Qualifier ?? parts?.qualifier;
  const { FunctionName: bare } = splitQualifier(FunctionName);
  const qualified = qualifier === undefined ? [bare] : [bare, `${name}:${qualifier}`, `${bare}:${qualifier}`];
  const accounts = [parts?.accountId, accountId].filter((account) => account !== undefined);
  const candidates = [profile, ...accounts, name, FunctionName, ...qualified];
  return patterns.find((pattern) => candidates.some((candidate) => matchesWildcard(pattern, candidate)));
}

/** Whether a pattern can mean an account: twelve digits, or some of them and a `*`. */
export function couldBeAccount(pattern: string): boolean {
  return /^\d{12}$/.test(pattern) || (/^[\d*]+$/.test(pattern) && /\d/.test(pattern) && pattern.includes('*'));
}
