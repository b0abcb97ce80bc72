import { parseArgs, type ParseArgsConfig } from 'node:util';
import { isRegion } from '../core/connection/connection.ts';
import { nearestWord } from '../core/messages/nearestWord.ts';
import { UsageError, type CommandName } from './usageError.ts';

/** The connection. */
export interface PlaceOptions {
  readonly isLocal: boolean;
  readonly profile?: string;
  readonly region?: string;
}

/** Where to invoke, and what is allowed. */
export interface CommonOptions extends PlaceOptions {
  readonly workspace: string;
  /** Patterns that require `--yes`. */
  readonly confirm: readonly string[];
  readonly isConfirmed: boolean;
  readonly allowsEndpoint: boolean;
  /** The values of `${input:NAME}`. */
  readonly inputs: ReadonlyMap<string, string>;
}

export type Options = NonNullable<ParseArgsConfig['options']>;

export const PLACE = {
  local: { type: 'boolean', default: false },
  profile: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies Options;

export const COMMON = {
  ...PLACE,
  workspace: { type: 'string', default: '.' },
  confirm: { type: 'string', multiple: true, default: [] },
  yes: { type: 'boolean', default: false },
  'allow-endpoint': { type: 'boolean', default: false },
  input: { type: 'string', multiple: true, default: [] },
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
export function parse<T extends Options>(command: CommandName, args: readonly string[], options: T) {
  const loose: ParseArgsConfig = { args: [...args], options, allowPositionals: true, strict: false, tokens: true };
  for (const token of parseArgs(loose).tokens ?? []) {
    const problem = token.kind === 'option' ? optionProblem(token, options) : undefined;
    if (problem !== undefined) throw new UsageError(problem, command);
  }
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

function inputsOf(texts: readonly string[], command: CommandName): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`Invalid --input ${text}. Use NAME=VALUE.`, command);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

interface PlaceValues {
  readonly local: boolean;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

interface CommonValues extends PlaceValues {
  readonly workspace: string;
  readonly confirm: readonly string[];
  readonly yes: boolean;
  readonly 'allow-endpoint': boolean;
  readonly input: readonly string[];
}

export function placeOptions(values: PlaceValues, command: CommandName): PlaceOptions {
  const { local: isLocal, profile, region } = values;
  const place = profile === undefined ? region && 'region' : 'profile';
  if (isLocal && place !== undefined) throw new UsageError(`Use either --local or --${place}, not both.`, command);
  if (region !== undefined && !isRegion(region))
    throw new UsageError(`"${region}" isn't a region. Use a region such as us-east-1.`, command);
  return {
    isLocal,
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
  };
}

export function commonOptions(values: CommonValues, command: CommandName): CommonOptions {
  return {
    ...placeOptions(values, command),
    workspace: values.workspace,
    confirm: values.confirm,
    isConfirmed: values.yes,
    allowsEndpoint: values['allow-endpoint'],
    inputs: inputsOf(values.input, command),
  };
}
