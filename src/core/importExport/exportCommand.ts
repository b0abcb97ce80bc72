import { toBase64 } from '../invocation/base64.ts';
import { parseFunctionName } from '../functions/functionName.ts';
import type { Invocation } from '../invocation/invocation.ts';
import { base64PowerShell, quoteBash, quotePowerShell } from './shellQuote.ts';

/** The payload of an exported invocation: nothing, a local file, or text. */
export type ExportedPayload =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string };

/** An invocation to export. Unselected parts of the connection are absent. */
export interface ExportedInvocation {
  readonly invocation: Invocation;
  readonly payload: ExportedPayload;
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

/** The region of the call. The one in the ARN has priority, because Lambda rejects any other. */
export function exportedRegion({ invocation, region }: ExportedInvocation): string | undefined {
  return parseFunctionName(invocation.FunctionName)?.region ?? region;
}

function fieldOptions(exported: ExportedInvocation): [string, string][] {
  const { FunctionName, Qualifier, InvocationType, LogType, TenantId, DurableExecutionName } = exported.invocation;
  const options: [string, string | undefined][] = [
    ['function-name', FunctionName],
    ['qualifier', Qualifier],
    ['invocation-type', InvocationType],
    ['log-type', LogType],
    ['tenant-id', TenantId],
    ['durable-execution-name', DurableExecutionName],
    ['profile', exported.profile],
    ['region', exportedRegion(exported)],
    ['endpoint-url', exported.endpoint],
  ];
  return options.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

/** Formats an option. The form `--name=value` prevents a leading dash from being parsed as another option. */
function option(name: string, value: string, quote: (word: string) => string): string {
  return value.startsWith('-') ? `--${name}=${quote(value)}` : `--${name} ${quote(value)}`;
}

/** By default, the CLI stops reading after 60 s and sends the request again. */
const NO_READ_TIMEOUT = '--cli-read-timeout 0';
const OUTFILE = 'response.json';

/**
 * Exports an invocation as a bash command for AWS CLI v2, sent exactly once (AWS_MAX_ATTEMPTS=1, no read timeout). The
 * response is written to response.json, because the CLI requires a file.
 */
export function toBashCommand(exported: ExportedInvocation): string {
  const { payload } = exported;
  const { ClientContext } = exported.invocation;
  const parts = [
    'AWS_MAX_ATTEMPTS=1 aws lambda invoke',
    ...fieldOptions(exported).map(([name, value]) => option(name, value, quoteBash)),
    ...(ClientContext === undefined ? [] : [`--client-context ${toBase64(ClientContext)}`]),
    ...(payload.kind === 'file' ? [`--payload ${quoteBash(`fileb://${payload.path}`)}`] : []),
    ...(payload.kind === 'text'
      ? ['--cli-binary-format raw-in-base64-out', option('payload', payload.text, quoteBash)]
      : []),
    NO_READ_TIMEOUT,
    OUTFILE,
  ];
  return `${parts.join(' \\\n  ')}\n`;
}

/**
 * Exports an invocation as a PowerShell command. JSON stays readable but is passed as base64, because some versions of
 * PowerShell drop quotes from arguments.
 */
export function toPowerShellCommand(exported: ExportedInvocation): string {
  const { payload } = exported;
  const { ClientContext } = exported.invocation;
  const parts = [
    'aws lambda invoke',
    ...fieldOptions(exported).map(([name, value]) => option(name, value, quotePowerShell)),
    ...(ClientContext === undefined ? [] : [`--client-context ${base64PowerShell(ClientContext)}`]),
    ...(payload.kind === 'file' ? [`--payload ${quotePowerShell(`fileb://${payload.path}`)}`] : []),
    ...(payload.kind === 'text' ? ['--cli-binary-format base64', `--payload ${base64PowerShell(payload.text)}`] : []),
    NO_READ_TIMEOUT,
    OUTFILE,
  ];
  return `$env:AWS_MAX_ATTEMPTS = '1'\n${parts.join(' `\n  ')}\n`;
}
