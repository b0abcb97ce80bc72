import { parseArgs, type ParseArgsConfig } from 'node:util';
import { isRegion } from '../core/connection/connection.ts';
import { nearestWord } from '../core/messages/nearestWord.ts';
import {
  INVOCATION_TYPES,
  LOG_TYPES,
  type Invocation,
  type InvocationType,
  type LogType,
} from '../core/invocation/invocation.ts';
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

export interface TestOptions extends CommonOptions {
  /** The names of presets. Empty for all. */
  readonly presets: readonly string[];
  /** Empty for all. */
  readonly tags: readonly string[];
  readonly concurrency: number;
  /** Stop after the first failed test. */
  readonly bails: boolean;
  readonly updatesSnapshots: boolean;
  readonly format: 'text' | 'json' | 'tap';
  readonly junitFile?: string;
}

export interface InvokeOptions extends CommonOptions {
  /** The name of a preset, or an invocation whose payload file is a path, or `-`. */
  readonly invoked: { readonly preset: string } | { readonly invocation: Invocation };
}

export type CliCommand =
  | { readonly kind: 'help'; readonly topic: 'general' | 'test' | 'invoke' }
  | { readonly kind: 'version' }
  | { readonly kind: 'test'; readonly options: TestOptions }
  | { readonly kind: 'invoke'; readonly options: InvokeOptions };

type Options = NonNullable<ParseArgsConfig['options']>;

const COMMON = {
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

const TEST = {
  ...COMMON,
  preset: { type: 'string', multiple: true, default: [] },
  tag: { type: 'string', multiple: true, default: [] },
  concurrency: { type: 'string', default: '1' },
  bail: { type: 'boolean', default: false },
  'update-snapshots': { type: 'boolean', default: false },
  junit: { type: 'string' },
  json: { type: 'boolean', default: false },
  tap: { type: 'boolean', default: false },
} as const satisfies Options;

const INVOKE = {
  ...COMMON,
  function: { type: 'string' },
  qualifier: { type: 'string' },
  payload: { type: 'string' },
  'payload-file': { type: 'string' },
  'invocation-type': { type: 'string' },
  'log-type': { type: 'string' },
  'client-context': { type: 'string' },
  'tenant-id': { type: 'string' },
  'durable-execution-name': { type: 'string' },
  stream: { type: 'boolean' },
} as const satisfies Options;

/** Options that only apply to `--function`. A preset has its own values. */
const FUNCTION_ONLY = [
  'qualifier',
  'payload',
  'payload-file',
  'invocation-type',
  'log-type',
  'client-context',
  'tenant-id',
  'durable-execution-name',
  'stream',
] as const satisfies readonly (keyof typeof INVOKE)[];

/** Above this, the command line itself would be the bottleneck. */
const MAX_CONCURRENCY = 1000;

/** The first sentence of Node's message, with the most similar option for a typo. */
function parseProblem(error: unknown, options: Options): string {
  const [text = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
  const problem = text.endsWith('.') ? text : `${text}.`;
  const typo = /^Unknown option '(?:--)?([^']+)'/.exec(text)?.[1];
  const nearest = typo === undefined ? undefined : nearestWord(typo, Object.keys(options));
  return nearest === undefined ? problem : `${problem} Did you mean --${nearest}?`;
}

/** Parses options strictly. An option without a value, such as `--profile ''`, is as wrong as an unknown one. */
function parse<T extends Options>(
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

/** The value of an option that allows only these. */
function choice<T extends string>(name: string, value: string | undefined, choices: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const match = choices.find((each) => each === value);
  if (match !== undefined) return match;
  throw new UsageError(`Invalid --${name} ${value}. Use one of ${choices.join(', ')}.`, 'invoke');
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

function commonOptions(values: CommonValues, command: 'test' | 'invoke'): CommonOptions {
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

function testCommand(args: readonly string[]): CliCommand {
  const { values } = parse('test', { args, options: TEST, allowPositionals: false });
  if (values.help) return { kind: 'help', topic: 'test' };
  const concurrency = Number(values.concurrency);
  if (!/^\d+$/.test(values.concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY)
    throw new UsageError(`Invalid --concurrency ${values.concurrency}. Use a number from 1 to 1000.`, 'test');
  if (values.json && values.tap) throw new UsageError('Use either --json or --tap, not both.', 'test');
  return {
    kind: 'test',
    options: {
      ...commonOptions(values, 'test'),
      presets: values.preset,
      tags: values.tag,
      concurrency,
      bails: values.bail,
      updatesSnapshots: values['update-snapshots'],
      format: values.json ? 'json' : values.tap ? 'tap' : 'text',
      ...(values.junit !== undefined && { junitFile: values.junit }),
    },
  };
}

interface FunctionValues {
  readonly qualifier?: string | undefined;
  readonly payload?: string | undefined;
  readonly 'payload-file'?: string | undefined;
  readonly 'client-context'?: string | undefined;
  readonly 'tenant-id'?: string | undefined;
  readonly 'durable-execution-name'?: string | undefined;
  readonly stream?: boolean | undefined;
}

interface Types {
  readonly InvocationType: InvocationType;
  readonly LogType: LogType;
}

function invocationOf(FunctionName: string, values: FunctionValues, types: Types): Invocation {
  const { qualifier, payload: text, 'payload-file': file, stream } = values;
  const { 'client-context': context, 'tenant-id': tenant, 'durable-execution-name': execution } = values;
  if (text !== undefined && file !== undefined)
    throw new UsageError('Use either --payload or --payload-file, not both.', 'invoke');
  const typed = text === undefined ? ({ kind: 'none' } as const) : ({ kind: 'typed', text } as const);
  return {
    FunctionName,
    ...types,
    payload: file === undefined ? typed : { kind: 'file', uri: file },
    ...(qualifier !== undefined && { Qualifier: qualifier }),
    ...(context !== undefined && { ClientContext: context }),
    ...(tenant !== undefined && { TenantId: tenant }),
    ...(execution !== undefined && { DurableExecutionName: execution }),
    ...(stream === true && { InvokeMode: 'RESPONSE_STREAM' }),
  };
}

function invokeCommand(args: readonly string[]): CliCommand {
  const { values, positionals } = parse('invoke', { args, options: INVOKE, allowPositionals: true });
  if (values.help) return { kind: 'help', topic: 'invoke' };
  const [preset, extra] = positionals;
  const { function: name } = values;
  if (extra !== undefined) throw new UsageError(`Unexpected argument "${extra}". Use one preset.`, 'invoke');
  const common = commonOptions(values, 'invoke');
  if (name !== undefined) {
    if (preset !== undefined) throw new UsageError('Use either a preset or --function, not both.', 'invoke');
    const types = {
      InvocationType: choice('invocation-type', values['invocation-type'], INVOCATION_TYPES) ?? 'RequestResponse',
      LogType: choice('log-type', values['log-type'], LOG_TYPES) ?? 'Tail',
    };
    return { kind: 'invoke', options: { ...common, invoked: { invocation: invocationOf(name, values, types) } } };
  }
  if (preset === undefined) throw new UsageError('Name a preset, or use --function.', 'invoke');
  const other = FUNCTION_ONLY.find((option) => values[option] !== undefined);
  if (other !== undefined) throw new UsageError(`--${other} needs --function. A preset has its own value.`, 'invoke');
  return { kind: 'invoke', options: { ...common, invoked: { preset } } };
}

const COMMANDS = ['test', 'invoke'];

/** Parses the arguments after the program's name. Throws UsageError. */
export function parseArguments(args: readonly string[]): CliCommand {
  const [command, ...rest] = args;
  switch (command) {
    case 'test':
      return testCommand(rest);
    case 'invoke':
      return invokeCommand(rest);
    case '--help':
    case 'help':
      return { kind: 'help', topic: 'general' };
    case '--version':
      return { kind: 'version' };
    case undefined:
      throw new UsageError('Name a command: test or invoke.');
    default: {
      const nearest = nearestWord(command, COMMANDS);
      const hint = nearest === undefined ? 'Use test or invoke.' : `Did you mean ${nearest}?`;
      throw new UsageError(`Unknown command "${command}". ${hint}`);
    }
  }
}
