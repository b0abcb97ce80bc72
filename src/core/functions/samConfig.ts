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

function textAt(value: unknown, ...path: string[]): string | undefined {
  let current = value;
  for (const key of path) current = isRecord(current) ? current[key] : undefined;
  return typeof current === 'string' && current !== '' ? current : undefined;
}

/**
 * Reads the stacks in samconfig.toml, `default` first. Throws InvokeError for invalid TOML. `fileName` is for the
 * message. Source: AWS SAM CLI configuration file, parameters of `deploy` and `global`.
 */
export function readSamConfig(text: string, fileName: string): SamStack[] {
  let tables: Record<string, unknown>;
  try {
    tables = parse(text);
  } catch (error) {
    const [first = ''] = errorText(error).split('\n');
    throw new InvokeError(message('samconfigBroken', fileName, first), { cause: error });
  }
  const stacks = Object.entries(tables).flatMap(([environment, table]) => {
    const parameter = (key: string) =>
      textAt(table, 'deploy', 'parameters', key) ?? textAt(table, 'global', 'parameters', key);
    const stackName = parameter('stack_name');
    const region = parameter('region');
    return stackName === undefined ? [] : [{ environment, stackName, ...(region !== undefined && { region }) }];
  });
  return stacks.sort((a, b) => Number(b.environment === 'default') - Number(a.environment === 'default'));
}
