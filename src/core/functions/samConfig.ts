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
  let found = value;
  for (const key of path) found = isRecord(found) ? found[key] : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
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
    const of = (key: string) =>
      textAt(table, 'deploy', 'parameters', key) ?? textAt(table, 'global', 'parameters', key);
    const stackName = of('stack_name');
    const region = of('region');
    return stackName === undefined ? [] : [{ environment, stackName, ...(region !== undefined && { region }) }];
  });
  return stacks.sort((one, other) => Number(other.environment === 'default') - Number(one.environment === 'default'));
}
