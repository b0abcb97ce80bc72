import type { IncludedFiles } from './includedFiles.ts';
import { dotenvValues, type Shell } from './serverlessEnvironment.ts';
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

/**
 * Environment variables that serverless-dotenv-plugin adds to every function. `settings` is `custom.dotenv`, resolved.
 * Source: serverless-dotenv-plugin, "Automatic ENV File Resolution".
 */
export function dotenvPluginVariables(
  settings: unknown,
  { files, shell }: { readonly files: IncludedFiles; readonly shell: Shell },
): Readonly<Record<string, string>> {
  const { include = '*', exclude, ...paths } = record(settings);
  const isIncluded = (name: string) =>
    include === '*' ? !textsOf(exclude).includes(name) : textsOf(include).includes(name);
  const entries = fileNames(paths, shell['NODE_ENV'] ?? 'development').flatMap((path) => [
    ...(dotenvValues(path, files) ?? []),
  ]);
  return Object.fromEntries(entries.filter(([name]) => isIncluded(name)));
}
