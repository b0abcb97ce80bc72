import { message } from '../core/messages/messages.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { hasSecretValue, nowText, type Variable } from '../core/presets/variables.ts';
import { caseValue } from '../core/testing/presetTest.ts';
import type { TestCase } from '../core/testing/testCases.ts';

interface ValueSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The message for an environment variable that isn't set. */
  readonly envMissing: 'envMissing' | 'cliEnvMissing';
  /** The path of the workspace folder. Throws InvokeError if there is none. */
  readonly folder: () => string;
  /** The value of `${input:NAME}`. */
  readonly input: (name: string) => string;
  /** Creates an ID for `${uuid}`. */
  readonly newId: () => string;
  /** The values of `${case:KEY}`. */
  readonly testCase?: TestCase | undefined;
}

function environmentValue(
  name: string,
  { environment, envMissing }: Pick<ValueSources, 'environment' | 'envMissing'>,
): string {
  const value = environment[name];
  if (value === undefined) throw new InvokeError(message(envMissing, name));
  if (hasSecretValue(value, environment)) throw new InvokeError(message('variableSecret', name));
  return value;
}

/**
 * Resolves variables, with the same time for all `${now}` and a new ID for each `${uuid}`. The function throws InvokeError
 * for a variable without a value.
 */
export function variableValues(sources: ValueSources): (variable: Variable) => string {
  const { folder, input, newId, testCase } = sources;
  const now = new Date();
  return (variable) => {
    switch (variable.kind) {
      case 'env':
        return environmentValue(variable.name, sources);
      case 'input':
        return input(variable.name);
      case 'workspaceFolder':
        return folder();
      case 'case':
        return caseValue(testCase, variable.name);
      case 'uuid':
        return newId();
      case 'now':
        return nowText(variable, now);
    }
  };
}
