import type { WorkBudget } from '../../async/workBudget.ts';
import type { IncludedFiles } from './includedFiles.ts';
import type { Shell } from './serverlessEnvironment.ts';
import { record, type Values } from './templateFunction.ts';

function textsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((entry) => typeof entry === 'string');
}

/** Files in order of priority: later ones override. */
function fileNames({ path, basePath }: Values, environment: string): string[] {
  if (path !== undefined) return textsOf(path).toReversed();
  const [base = ''] = textsOf(basePath);
  const local = environment === 'test' ? [] : ['.env.local'];
  return ['.env', ...local, `.env.${environment}`, `.env.${environment}.local`].map((name) => `${base}${name}`);
}

interface PluginContext {
  readonly files: IncludedFiles;
  readonly shell: Shell;
  readonly budget: WorkBudget;
}

/**
 * Environment variables that serverless-dotenv-plugin adds to every function. `settings` is `custom.dotenv`, resolved.
 * Source: serverless-dotenv-plugin, "Automatic ENV File Resolution".
 */
export function dotenvPluginVariables(
  settings: unknown,
  { files, shell, budget }: PluginContext,
): Readonly<Record<string, string>> {
  const { include = '*', exclude, ...paths } = record(settings);
  const isIncluded = (name: string) =>
    include === '*' ? !textsOf(exclude).includes(name) : textsOf(include).includes(name);
  const variables: Record<string, string> = {};
  for (const path of fileNames(paths, shell['NODE_ENV'] ?? 'development')) {
    const values = files.readDotenv(path) ?? new Map<string, string>();
    budget.step(values.size);
    for (const [name, value] of values) if (isIncluded(name)) variables[name] = value;
  }
  return variables;
}
