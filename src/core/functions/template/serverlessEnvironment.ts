import { hasSecretValue } from '../../presets/variables.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import type { IncludedFiles } from './includedFiles.ts';
import type { Values } from './templateFunction.ts';

/** The environment of this process. */
export type Shell = Readonly<Record<string, string | undefined>>;

interface EnvironmentSources {
  /** The configuration, as written. */
  readonly root: Values;
  readonly files: IncludedFiles;
  readonly shell: Shell;
  readonly budget: WorkBudget;
}

/** A variable of the shell. Undefined for credentials, and for folders that differ between a terminal and this process. */
function shellValue(name: string, shell: Shell): string | undefined {
  const value = /^(AWS_.*|PWD|OLDPWD)$/is.test(name) ? undefined : shell[name];
  return typeof value === 'string' && !hasSecretValue(value, shell) ? value : undefined;
}

/** Whether `frameworkVersion` allows only versions before 4, which load `.env` files by other rules. */
function isBeforeVersion4(frameworkVersion: unknown): boolean {
  const version = typeof frameworkVersion === 'number' ? String(frameworkVersion) : frameworkVersion;
  if (typeof version !== 'string') return false;
  if (/<\s?4/.test(version)) return true;
  const major = /\d+/.exec(version)?.[0];
  return major !== undefined && Number(major) < 4 && !version.includes('4') && !version.includes('>');
}

function customPaths(useDotenv: unknown): string[] {
  const entries: unknown[] = Array.isArray(useDotenv) ? useDotenv : [useDotenv];
  return entries.filter((entry) => typeof entry === 'string');
}

export interface EnvironmentValues {
  readonly valueOf: (name: string, stage: string | undefined) => string | undefined;
  /** Whether a text contains one of the values, which messages never show. */
  readonly isIn: (text: string) => boolean;
}

/**
 * Looks up the values of `${env:…}` as the framework does: the shell's variables, then `.env.{stage}`, `.env`, and the
 * files of `useDotenv`. Before version 4, only with `useDotenv: true`, and `.env` only without `.env.{stage}`. While the
 * stage isn't known, only the shell's. AWS_* variables of the shell are never used. Source: Serverless Framework, "Dotenv
 * files" and "Resolution of environment variables".
 */
export function createEnvironmentValues({ root, files, shell, budget }: EnvironmentSources): EnvironmentValues {
  const useDotenv = root['useDotenv'];
  const used = new Set<string>();

  function* dotenvFiles(stage: string): Generator<ReadonlyMap<string, string> | undefined> {
    if (isBeforeVersion4(root['frameworkVersion'])) {
      if (useDotenv === true) yield files.readDotenv(`.env.${stage}`) ?? files.readDotenv('.env');
      return;
    }
    if (useDotenv === false) return;
    yield files.readDotenv(`.env.${stage}`);
    yield files.readDotenv('.env');
    for (const entry of customPaths(useDotenv)) {
      yield files.readDotenv(entry);
      yield files.readDotenv(`${entry}/.env.${stage}`);
      yield files.readDotenv(`${entry}/.env`);
    }
  }

  function lookUp(name: string, stage: string | undefined): string | undefined {
    const value = shellValue(name, shell);
    if (value !== undefined || stage === undefined) return value;
    for (const values of dotenvFiles(stage)) {
      const fileValue = values?.get(name);
      if (fileValue !== undefined) return fileValue;
    }
    return undefined;
  }

  return {
    valueOf(name, stage) {
      const value = lookUp(name, stage);
      if (value !== undefined && value !== '') used.add(value);
      return value;
    },
    isIn(text) {
      budget.step(used.size);
      return [...used].some((value) => text.includes(value));
    },
  };
}
