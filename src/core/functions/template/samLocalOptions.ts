import { InvokeError } from '../../outcome/invokeError.ts';
import { message, type Message } from '../../messages/messages.ts';
import { readEnvironmentFile, type SamEnvironment } from '../samEnvironment.ts';
import { readSamParameters } from './samParameters.ts';
import { parseToml, readSamLocalInvoke, type SamLocalInvoke } from '../samConfig.ts';
import { createWorkBudget } from '../../async/workBudget.ts';
import { errorText } from '../../messages/errorText.ts';
import { TEMPLATE_LIMITS } from './budgetProblem.ts';
import { baseName, pathBeside } from './templatePath.ts';
import { parseDotenv } from './dotenvFile.ts';
import { parseYaml } from './parseYaml.ts';
import type { TemplateSource } from './readTemplate.ts';
import { yamlValue } from './yamlValues.ts';

/** The settings that apply to the functions of a template: those of samconfig.toml, and values of variables. */
export interface SamLocalOptions {
  readonly parameters: Readonly<Record<string, string>>;
  /** The values in the `env_vars` file, or else in env.json beside the template. */
  readonly environment: SamEnvironment;
  /** The values in `.env` beside the template. */
  readonly dotenv: ReadonlyMap<string, string>;
  readonly profile?: string;
  readonly problems: readonly Message[];
  readonly neededFiles: readonly string[];
}

const NONE: SamLocalOptions = { parameters: {}, environment: {}, dotenv: new Map(), problems: [], neededFiles: [] };

const DOTENV_FILE = '.env';

/** The file name that the SAM CLI's documentation uses. */
const ENVIRONMENT_FILE = 'env.json';

/** By priority, as in SAM. */
const CONFIG_FILES = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];

function readYaml(text: string): unknown {
  const budget = createWorkBudget(TEMPLATE_LIMITS);
  const { document, syntaxError } = parseYaml(text, budget);
  if (syntaxError !== undefined) throw new Error(syntaxError.text);
  return document === undefined ? undefined : yamlValue(document, budget);
}

/** Reads the configuration, or returns the problem. The functions are listed in either case. */
function readConfig(name: string, text: string, label: string): SamLocalInvoke | Message {
  try {
    return readSamLocalInvoke(name.endsWith('.toml') ? parseToml(text, label) : readYaml(text));
  } catch (error) {
    const reason = error instanceof InvokeError ? String(error.reason.args.at(-1)) : errorText(error);
    return message('samLocalBroken', label, reason);
  }
}

type EnvironmentValues = Pick<SamLocalOptions, 'environment' | 'problems' | 'neededFiles'>;

/** The values of the `env_vars` file. */
function readEnvironment(path: string, { file, files }: TemplateSource): EnvironmentValues {
  const text = files?.get(path);
  if (text === undefined) return { ...NONE, neededFiles: [path] };
  const label = pathBeside(file, path);
  if (text === null) return { ...NONE, problems: [message('samEnvMissing', label)] };
  const values = readEnvironmentFile(text);
  return values.kind === 'invalid'
    ? { ...NONE, problems: [message('environmentFileInvalid', label, values.line)] }
    : { ...NONE, environment: values.environment };
}

/** The values of env.json beside the template, unless it's JSON for another purpose. */
function readDefaultEnvironment(source: TemplateSource): EnvironmentValues {
  const path = besideTemplate(source, ENVIRONMENT_FILE);
  const text = source.files?.get(path);
  if (typeof text !== 'string') return NONE;
  const values = readEnvironmentFile(text);
  return values.kind === 'invalid' && values.isOtherJson === true ? NONE : readEnvironment(path, source);
}

/** The values in a file with parameters, or undefined if they can't be read. */
function readValues(path: string, text: string): unknown {
  try {
    return path.endsWith('.toml') ? parseToml(text, path) : readYaml(text);
  } catch {
    return undefined;
  }
}

/** Whether samconfig.toml applies. Nested stacks get their parameters from their parent. */
function hasConfiguration({ text, parameters }: TemplateSource): boolean {
  return parameters === undefined && text.includes('AWS::Serverless');
}

/** The path of a file beside the template, or beside `cdk.out` for a template in it. */
function besideTemplate({ file }: TemplateSource, name: string): string {
  return /(?:^|[/\\])cdk\.out[/\\][^/\\]+$/.test(file) ? `../${name}` : name;
}

/** Files with values of variables. The Serverless Framework has its own. */
function environmentFiles(source: TemplateSource): string[] {
  const isServerlessFramework = /^serverless\.(ya?ml|json)$/.test(baseName(source.file));
  return isServerlessFramework ? [] : [DOTENV_FILE, ENVIRONMENT_FILE].map((name) => besideTemplate(source, name));
}

/** The configuration files that haven't been read yet. Doesn't parse the template. */
export function neededConfigFiles(source: TemplateSource): string[] {
  const names = [...(hasConfiguration(source) ? CONFIG_FILES : []), ...environmentFiles(source)];
  return names.filter((name) => source.files?.has(name) !== true);
}

/** Reads samconfig.toml (or .yaml) beside a SAM template. */
function readConfiguration(source: TemplateSource): SamLocalOptions & { readonly hasEnvVars?: true } {
  const { file, files } = source;
  const name = hasConfiguration(source) ? CONFIG_FILES.find((one) => typeof files?.get(one) === 'string') : undefined;
  if (name === undefined) return NONE;
  const config = readConfig(name, files?.get(name) ?? '', pathBeside(file, name));
  if ('code' in config) return { ...NONE, problems: [config] };
  const { parameterOverrides, envVars, profile } = config;
  const overrides = readSamParameters(parameterOverrides, files, readValues);
  const missing = overrides.missingFiles.map((path) => message('samParametersMissing', pathBeside(file, path)));
  const environment = envVars === undefined ? NONE : readEnvironment(envVars, source);
  return {
    ...NONE,
    parameters: overrides.parameters,
    environment: environment.environment,
    ...(profile !== undefined && { profile }),
    ...(envVars !== undefined && { hasEnvVars: true }),
    problems: [...missing, ...environment.problems],
    neededFiles: [...overrides.neededFiles, ...environment.neededFiles],
  };
}

/**
 * Reads the files beside a template that `sam local invoke` applies to its functions: samconfig.toml (or .yaml) and what
 * it refers to. In addition, values of variables in `.env`, and in env.json if `env_vars` names no other file. Source: AWS
 * SAM CLI, `sam local invoke`.
 */
export function readSamLocalOptions(source: TemplateSource): SamLocalOptions {
  const neededFiles = neededConfigFiles(source);
  if (source.files === undefined) return { ...NONE, neededFiles: hasConfiguration(source) ? neededFiles : [] };
  if (neededFiles.length > 0) return { ...NONE, neededFiles };
  const { hasEnvVars, ...options } = readConfiguration(source);
  const [dotenvFile] = environmentFiles(source);
  if (dotenvFile === undefined) return options;
  const text = source.files.get(dotenvFile);
  const dotenv = typeof text === 'string' ? parseDotenv(text) : NONE.dotenv;
  if (hasEnvVars === true) return { ...options, dotenv };
  const { environment, problems } = readDefaultEnvironment(source);
  return { ...options, dotenv, environment, problems: [...options.problems, ...problems] };
}
