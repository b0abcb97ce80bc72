import { parseArgs, type ParseArgsConfig } from 'node:util';
import { isRegion } from '../core/connection/connection.ts';
import { nearestWord } from '../core/messages/nearestWord.ts';
import { UsageError } from './usageError.ts';

/** Where to invoke, and what is allowed. */
export interface CommonOptions {
  readonly workspace: string;
  readonly isLocal: boolean;
  readonly profile?: string;
  readonly region?: string;
  /** Patterns that require `--yes`. */
  readonly confirm: readonly string[];
  readonly isConfirmed: boolean;
  readonly allowsEndpoint: boolean;
  /** The values of `${input:NAME}`. */
  readonly inputs: ReadonlyMap<string, string>;
}

export type Options = NonNullable<ParseArgsConfig['options']>;

export const COMMON = {
  workspace: { type: 'string', default: '.' },
  local: { type: 'boolean', default: false },
  profile: { type: 'string' },
  region: { type: 'string' },
  confirm: { type: 'string', multiple: true, default: [] },
  yes: { type: 'boolean', default: false },
  'allow-endpoint': { type: 'boolean', default: false },
  input: { type: 'string', multiple: true, default: [] },
  help: { type: 'boolean', default: false },
} as const satisfies Options;

/** The first sentence of Node's message, with the most similar option for a typo. */
function parseProblem(error: unknown, options: Options): string {
  const [text = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
  const problem = text.endsWith('.') ? text : `${text}.`;
  const typo = /^Unknown option '(?:--)?([^']+)'/.exec(text)?.[1];
  const nearest = typo === undefined ? undefined : nearestWord(typo, Object.keys(options));
  return nearest === undefined ? problem : `${problem} Did you mean --${nearest}?`;
}

/** Parses options strictly. An option without a value, such as `--profile ''`, is as wrong as an unknown one. */
export function parse<T extends Options>(
  command: 'test' | 'invoke',
  { args, options, allowPositionals }: { args: readonly string[]; options: T; allowPositionals: boolean },
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals });
    const entries = Object.entries<unknown>(parsed.values);
    const empty = entries.find(([, value]) => (Array.isArray(value) ? value : [value]).includes(''));
    if (empty !== undefined) throw new Error(`Option '--${empty[0]}' needs a value`);
    return parsed;
  } catch (error) {
    throw new UsageError(parseProblem(error, options), command);
  }
}

function inputsOf(texts: readonly string[], command: 'test' | 'invoke'): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`Invalid --input ${text}. Use NAME=VALUE.`, command);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

interface CommonValues {
  readonly workspace: string;
  readonly local: boolean;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly confirm: readonly string[];
  readonly yes: boolean;
  readonly 'allow-endpoint': boolean;
  readonly input: readonly string[];
}

export function commonOptions(values: CommonValues, command: 'test' | 'invoke'): CommonOptions {
  const { workspace, local: isLocal, profile, region, confirm } = values;
  const place = profile === undefined ? region && 'region' : 'profile';
  if (isLocal && place !== undefined) throw new UsageError(`Use either --local or --${place}, not both.`, command);
  if (region !== undefined && !isRegion(region))
    throw new UsageError(`"${region}" isn't a region. Use a region such as us-east-1.`, command);
  return {
    workspace,
    isLocal,
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    confirm,
    isConfirmed: values.yes,
    allowsEndpoint: values['allow-endpoint'],
    inputs: inputsOf(values.input, command),
  };
}
