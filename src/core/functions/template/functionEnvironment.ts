import { isRecord } from '../../json/isRecord.ts';
import { samVariablesOf, type SamEnvironment } from '../samEnvironment.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { plainText, propertyOf } from './intrinsicValues.ts';
import { placeholderScope } from './placeholderScope.ts';
import { shellValue, type Shell } from './serverlessEnvironment.ts';
import type { Values } from './templateFunction.ts';

/** Values for the declared variables of a template's functions, from the lowest priority to the highest. */
export interface EnvironmentSources {
  readonly dotenv: ReadonlyMap<string, string>;
  readonly shell: Shell;
  /** The file of `sam local invoke --env-vars`. */
  readonly environment: SamEnvironment;
}

/** The environment variables of a function. */
export interface FunctionEnvironment {
  readonly environment: Readonly<Record<string, string>>;
  /** Variables with the placeholder of `sam local` for a value that only a deployed stack has. */
  readonly placeholders: readonly string[];
  /** What can't be resolved, even with placeholders: `Environment`, or a loop. */
  readonly missing: readonly string[];
}

interface FunctionVariables {
  /** The function's `Environment`, as written and resolved. */
  readonly written: unknown;
  readonly resolved: unknown;
  /** The logical ID, and the function's name. */
  readonly names: readonly string[];
}

/** Shell variables that configure programs on this machine. Functions don't get them. */
const SHELL_ONLY =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TZ|LANG|LC_\w+|TMPDIR|TMP|TEMP|_HANDLER|LAMBDA_\w+|(NODE|PYTHON|LD|DYLD|VSCODE|ELECTRON|NPM|VIRTUAL)_?[A-Z_]*)$/i;

/** The value of a declared variable in the shell. Undefined for credentials, and for variables of this machine. */
export function shellVariable(name: string, shell: Shell): string | undefined {
  return SHELL_ONLY.test(name) ? undefined : shellValue(name, shell);
}

/** The declared variables. Undefined if they can't be resolved. */
function variablesOf(environment: unknown): Values | undefined {
  if (environment === undefined || environment === null) return {};
  const variables = isRecord(environment) ? (environment['Variables'] ?? {}) : undefined;
  return isRecord(variables) ? variables : undefined;
}

/**
 * The environment variables of a SAM or CloudFormation function. A variable with a value that only a deployed stack has
 * gets a placeholder, so that all declared variables are set, as in `sam local`. Throws WorkBudgetExceeded and
 * ReferenceCycle. Source: AWS SAM CLI, samcli/local/lambdafn/env_vars.py.
 */
export function functionEnvironment(
  { written, resolved, names }: FunctionVariables,
  scope: Scope,
  { dotenv, shell, environment: samEnvironment }: EnvironmentSources,
): FunctionEnvironment {
  const known = variablesOf(resolved);
  const isComplete = known !== undefined && Object.values(known).every((value) => plainText(value) !== undefined);
  const replaced = isComplete ? known : variablesOf(resolve(written, placeholderScope(scope)));
  if (replaced === undefined) return { environment: {}, placeholders: [], missing: ['Environment'] };
  const overrides = samVariablesOf(samEnvironment, names);
  scope.budget.step(Object.keys(overrides).length + Object.keys(replaced).length); // copied for each function
  const environment: Record<string, string> = {};
  const placeholders: string[] = [];
  const missing: string[] = [];
  for (const [name, placeholder] of Object.entries(replaced)) {
    const value = propertyOf(known, name);
    const override = plainText(propertyOf(overrides, name)) ?? shellVariable(name, shell) ?? dotenv.get(name);
    const isDeclared = placeholder !== undefined && (known === undefined || value !== undefined); // AWS::NoValue
    if (name.startsWith('Fn::')) missing.push(name);
    else if (isDeclared) {
      const text = override ?? plainText(value);
      if (text === undefined) placeholders.push(name);
      environment[name] = text ?? plainText(placeholder) ?? '';
    }
  }
  return { environment, placeholders, missing };
}
