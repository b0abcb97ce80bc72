import { parseFunctionName } from './functionName.ts';
import type { Invocation } from './invocation.ts';
import type { Connection } from './connection.ts';

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${expression}$`, 'i').test(text);
}

/**
 * The first pattern that asks for a confirmation before this invocation, or undefined. A pattern is held against the
 * profile, the function's bare name and the whole FunctionName; `*` stands for any text, case does not matter.
 * DryRun runs nothing and is never asked about.
 */
export function confirmingPattern(
  patterns: readonly string[],
  invocation: Pick<Invocation, 'FunctionName' | 'InvocationType'>,
  connection: Connection,
): string | undefined {
  if (invocation.InvocationType === 'DryRun') return undefined;
  const profile = connection.kind === 'aws' ? (connection.profile ?? 'default') : 'Local';
  const name = parseFunctionName(invocation.FunctionName)?.name ?? invocation.FunctionName;
  const candidates = [profile, name, invocation.FunctionName];
  return patterns.find((pattern) => candidates.some((candidate) => matches(pattern, candidate)));
}
