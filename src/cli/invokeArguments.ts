import {
  INVOCATION_TYPES,
  LOG_TYPES,
  type Invocation,
  type InvocationType,
  type LogType,
} from '../core/invocation/invocation.ts';
import { COMMON, commonOptions, parse, type CommonOptions, type Options } from './commonArguments.ts';
import { UsageError } from './usageError.ts';

export interface InvokeOptions extends CommonOptions {
  /** The name of a preset, or an invocation whose payload file is a path, or `-`. */
  readonly invoked: { readonly preset: string } | { readonly invocation: Invocation };
}

export const INVOKE_OPTIONS = {
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
] as const satisfies readonly (keyof typeof INVOKE_OPTIONS)[];

/** The value of an option that allows only these. */
function choice<T extends string>(name: string, value: string | undefined, choices: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const match = choices.find((each) => each === value);
  if (match !== undefined) return match;
  throw new UsageError(`Invalid --${name} ${value}. Use one of ${choices.join(', ')}.`, 'invoke');
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

/** Parses the options of `invoke`. Throws UsageError. */
export function parseInvokeOptions(args: readonly string[]): InvokeOptions | 'help' {
  const { values, positionals } = parse('invoke', args, INVOKE_OPTIONS);
  if (values.help) return 'help';
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
    return { ...common, invoked: { invocation: invocationOf(name, values, types) } };
  }
  if (preset === undefined) throw new UsageError('Specify a preset, or use --function.', 'invoke');
  const other = FUNCTION_ONLY.find((option) => values[option] !== undefined);
  if (other !== undefined) throw new UsageError(`--${other} needs --function. A preset has its own value.`, 'invoke');
  return { ...common, invoked: { preset } };
}
