import { parseFunctionName } from './functionName.ts';
import type { Invocation } from './invocation.ts';

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${expression}$`, 'i').test(text);
}

/**
 * The first pattern that asks for a confirmation before this invocation, or undefined. A pattern is held against the
 * profile (the one that counts, also where nobody chose it), the function's bare name and the whole FunctionName, each
 * with the Qualifier as well; `*` stands for any text, case does not matter.
 * DryRun runs nothing and is never asked about.
 */
export function confirmingPattern(
  patterns: readonly string[],
  invocation: Pick<Invocation, 'FunctionName' | 'Qualifier' | 'InvocationType'>,
  profile: string,
): string | undefined {
  if (invocation.InvocationType === 'DryRun') return undefined;
  const name = parseFunctionName(invocation.FunctionName)?.name ?? invocation.FunctionName;
  const { FunctionName, Qualifier } = invocation;
  const qualified = Qualifier === undefined ? [] : [`${name}:${Qualifier}`, `${FunctionName}:${Qualifier}`];
  const candidates = [profile, name, FunctionName, ...qualified];
  return patterns.find((pattern) => candidates.some((candidate) => matches(pattern, candidate)));
}
