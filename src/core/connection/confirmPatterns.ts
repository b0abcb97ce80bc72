import { environmentProfile } from './awsEnvironment.ts';
import type { Connection, ConnectionView } from './connection.ts';
import { matchesWildcard } from './matchesWildcard.ts';
import { parseFunctionName, splitQualifier } from '../functions/functionName.ts';
import type { Invocation } from '../invocation/invocation.ts';

/** The credentials of an invocation, to match against patterns. */
export interface Caller {
  /** The effective profile, even if none is selected. */
  readonly profile: string;
  /** Absent if unknown. */
  readonly accountId?: string | undefined;
}

type ConfirmableFields = Pick<Invocation, 'FunctionName' | 'Qualifier' | 'InvocationType'>;

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The patterns in a setting or a file: a list, or a single one. An account ID may be a number. */
export function patternsOf(value: unknown): string[] {
  return listOf(value)
    .filter((pattern) => typeof pattern === 'string' || typeof pattern === 'number')
    .map(String)
    .filter((pattern) => pattern.trim() !== '');
}

/** Whether a setting or a file has only patterns, so that none is ignored. */
export function isPatterns(value: unknown): boolean {
  return listOf(value).every((pattern) => typeof pattern === 'string' || typeof pattern === 'number');
}

/** The profile that patterns are matched with, also if none was selected. */
export function effectiveProfile(
  connection: Connection | ConnectionView,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (connection.kind === 'local') return 'Local';
  return connection.profile ?? environmentProfile(environment) ?? 'default';
}

/** The first pattern that matches the connection's profile or account. */
export function protectingPattern(patterns: readonly string[], { profile, accountId }: Caller): string | undefined {
  const candidates = accountId === undefined ? [profile] : [profile, accountId];
  return patterns.find((pattern) => candidates.some((candidate) => matchesWildcard(pattern, candidate)));
}

/**
 * The first pattern that requires confirmation for this invocation, or undefined. Matches against the profile, the
 * account (also the one in a function ARN), the bare function name and the full FunctionName, both with and without
 * Qualifier. `*` matches any text, and case is ignored. A DryRun runs nothing and never needs confirmation.
 */
export function confirmingPattern(
  patterns: readonly string[],
  { FunctionName, Qualifier, InvocationType }: ConfirmableFields,
  { profile, accountId }: Caller,
): string | undefined {
  if (InvocationType === 'DryRun') return undefined;
  const parts = parseFunctionName(FunctionName);
  const name = parts?.name ?? FunctionName;
  // A qualifier in the function name is equivalent to one in its own field.
  const qualifier = Qualifier ?? parts?.qualifier;
  const { FunctionName: bare } = splitQualifier(FunctionName);
  const qualified = qualifier === undefined ? [bare] : [bare, `${name}:${qualifier}`, `${bare}:${qualifier}`];
  const accounts = [parts?.accountId, accountId].filter((account) => account !== undefined);
  const candidates = [profile, ...accounts, name, FunctionName, ...qualified];
  return patterns.find((pattern) => candidates.some((candidate) => matchesWildcard(pattern, candidate)));
}

/** Whether a pattern could match an account ID: twelve digits, or digits and `*`. */
export function couldBeAccount(pattern: string): boolean {
  return /^\d{12}$/.test(pattern) || (/^[\d*]+$/.test(pattern) && /\d/.test(pattern) && pattern.includes('*'));
}
