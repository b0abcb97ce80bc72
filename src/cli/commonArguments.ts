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
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies Options;

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** What is wrong with an option. Node's own messages differ between its versions. */
function optionProblem({ name, rawName, value, inlineValue }: OptionToken, options: Options): string | undefined {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const nearest = nearestWord(name, Object.keys(options));
    return `Unknown option ${rawName}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`;
  }
  if (option.type === 'boolean') return value === undefined ? undefined : `${rawName} takes no value.`;
  if (value === undefined || value === '') return `${rawName} needs a value.`;
  // It could be an option whose value was forgotten before it. A lone - is a value.
  if (inlineValue === true || !value.startsWith('-') || value === '-') return undefined;
  return `${rawName} needs a value. To use "${value}", write ${rawName}=${value}.`;
}

/** Parses options strictly. An option without a value, such as `--profile ''`, is as wrong as an unknown one. */
export function parse<T extends Options>(command: 'test' | 'invoke', args: readonly string[], options: T) {
  const loose: ParseArgsConfig = { args: [...args], options, allowPositionals: true, strict: false, tokens: true };
  for (const token of parseArgs(loose).tokens ?? []) {
    const problem = token.kind === 'option' ? optionProblem(token, options) : undefined;
    if (problem !== undefined) throw new UsageError(problem, command);
  }
  return parseArgs({ args: [...args], options, allowPositionals: true });
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
