import { parse } from 'smol-toml';
import { errorText } from '../messages/errorText.ts';
import { InvokeError } from '../outcome/invokeError.ts';
import { isRecord } from '../json/isRecord.ts';
import { message } from '../messages/messages.ts';

/** A stack that `sam deploy` creates. */
export interface SamStack {
  readonly environment: string;
  readonly stackName: string;
  readonly region?: string;
}

/** The configuration of `sam local invoke`, with the values as they are in the file. */
export interface SamLocalInvoke {
  readonly parameterOverrides: unknown;
  /** The path of a JSON file, relative to the folder of samconfig.toml. */
  readonly envVars?: string;
  readonly profile?: string;
}

function fieldsAt(value: unknown, ...path: string[]): Readonly<Record<string, unknown>> {
  let current = value;
  for (const key of path) current = isRecord(current) ? current[key] : undefined;
  return isRecord(current) ? current : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Parses TOML, or throws InvokeError. `fileName` is for the message. */
export function parseToml(text: string, fileName: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    const [first = ''] = errorText(error).split('\n');
    throw new InvokeError(message('samconfigBroken', fileName, first), { cause: error });
  }
}

/** The parameters of a command, in which `global` fills the gaps. */
function parametersOf(environment: unknown, command: string): Readonly<Record<string, unknown>> {
  return { ...fieldsAt(environment, 'global', 'parameters'), ...fieldsAt(environment, command, 'parameters') };
}

/**
 * Reads the stacks in samconfig.toml, `default` first. Throws InvokeError for invalid TOML. `fileName` is for the
 * message. Source: AWS SAM CLI configuration file, parameters of `deploy` and `global`.
 */
export function readSamConfig(text: string, fileName: string): SamStack[] {
  const stacks = Object.entries(parseToml(text, fileName)).flatMap(([environment, table]) => {
    const parameters = parametersOf(table, 'deploy');
    const stackName = textOf(parameters['stack_name']);
    const region = textOf(parameters['region']);
    return stackName === undefined ? [] : [{ environment, stackName, ...(region !== undefined && { region }) }];
  });
  return stacks.sort((a, b) => Number(b.environment === 'default') - Number(a.environment === 'default'));
}

/**
 * The configuration of `sam local invoke` in the environment `default`, from the values of samconfig.toml or
 * samconfig.yaml. Source: AWS SAM CLI configuration file.
 */
export function readSamLocalInvoke(config: unknown): SamLocalInvoke {
  const parameters = parametersOf(fieldsAt(config, 'default'), 'local_invoke');
  const envVars = textOf(parameters['env_vars']);
  const profile = textOf(parameters['profile']);
  return {
    parameterOverrides: parameters['parameter_overrides'],
    ...(envVars !== undefined && { envVars }),
    ...(profile !== undefined && { profile }),
  };
}
