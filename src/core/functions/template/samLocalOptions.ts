import { InvokeError } from '../../outcome/invokeError.ts';
import { message, type Message } from '../../messages/messages.ts';
import { parseSamEnvironment, type SamEnvironment } from '../samEnvironment.ts';
import { readSamParameters } from './samParameters.ts';
import { parseToml, readSamLocalInvoke, type SamLocalInvoke } from '../samConfig.ts';
import { createWorkBudget } from '../../async/workBudget.ts';
import { errorText } from '../../messages/errorText.ts';
import { TEMPLATE_LIMITS } from './budgetProblem.ts';
import { pathBeside } from './templatePath.ts';
import { parseYaml } from './parseYaml.ts';
import type { TemplateSource } from './readTemplate.ts';
import { yamlValue } from './yamlValues.ts';

/** The settings in samconfig.toml that `sam local invoke` applies to the functions of the template beside it. */
export interface SamLocalOptions {
  readonly parameters: Readonly<Record<string, string>>;
  readonly environment: SamEnvironment;
  readonly profile?: string;
  readonly problems: readonly Message[];
  readonly neededFiles: readonly string[];
}

const NONE: SamLocalOptions = { parameters: {}, environment: {}, problems: [], neededFiles: [] };

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

/** The values of the `env_vars` file. */
function readEnvironment(path: string, { file, files }: TemplateSource): SamLocalOptions {
  const text = files?.get(path);
  if (text === undefined) return { ...NONE, neededFiles: [path] };
  const label = pathBeside(file, path);
  if (text === null) return { ...NONE, problems: [message('samEnvMissing', label)] };
  const environment = parseSamEnvironment(text);
  return environment === undefined
    ? { ...NONE, problems: [message('samEnvInvalid', label)] }
    : { ...NONE, environment };
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

/** The configuration files that haven't been read yet. Doesn't parse the template. */
export function neededConfigFiles(source: TemplateSource): string[] {
  return hasConfiguration(source) ? CONFIG_FILES.filter((name) => source.files?.has(name) !== true) : [];
}

/**
 * Reads samconfig.toml (or .yaml) beside a SAM template. Source: AWS SAM CLI, `sam local invoke`.
 */
export function readSamLocalOptions(source: TemplateSource): SamLocalOptions {
  const { file, files } = source;
  if (!hasConfiguration(source)) return NONE;
  const neededFiles = neededConfigFiles(source);
  if (neededFiles.length > 0) return { ...NONE, neededFiles };
  const name = CONFIG_FILES.find((one) => typeof files?.get(one) === 'string');
  if (name === undefined) return NONE;
  const config = readConfig(name, files?.get(name) ?? '', pathBeside(file, name));
  if ('code' in config) return { ...NONE, problems: [config] };
  const { parameterOverrides, envVars, profile } = config;
  const overrides = readSamParameters(parameterOverrides, files, readValues);
  const missing = overrides.missingFiles.map((path) => message('samParametersMissing', pathBeside(file, path)));
  const environment = envVars === undefined ? NONE : readEnvironment(envVars, source);
  return {
    parameters: overrides.parameters,
    environment: environment.environment,
    ...(profile !== undefined && { profile }),
    problems: [...missing, ...environment.problems],
    neededFiles: [...overrides.neededFiles, ...environment.neededFiles],
  };
}
