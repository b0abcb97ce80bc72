import { toBase64 } from '../invocation/base64.ts';
import { parseFunctionName } from '../functions/functionName.ts';
import type { Invocation } from '../invocation/invocation.ts';
import { base64PowerShell, quoteBash, quotePowerShell } from './shellQuote.ts';

/** What an exported call sends as its payload: nothing, a file of this machine, or a text. */
export type ExportedPayload =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string };

/** An invocation as it leaves the extension; the connection's parts where they are chosen. */
export interface ExportedInvocation {
  readonly invocation: Invocation;
  readonly payload: ExportedPayload;
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

/** The region of a call: the one in the ARN counts first, since Lambda refuses any other. */
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

/** An option and its value; a value that begins with a dash would be taken for an option. */
function option(name: string, value: string, quote: (word: string) => string): string {
  return value.startsWith('-') ? `--${name}=${quote(value)}` : `--${name} ${quote(value)}`;
}

/** The CLI reads an answer for 60 s and sends the request again after that: neither is wanted here. */
const ONCE = '--cli-read-timeout 0';
const OUTFILE = 'response.json';

/**
 * The invocation as a bash command of AWS CLI v2, correctly quoted, sent once (AWS_MAX_ATTEMPTS=1, no read timeout). The
 * answer's payload goes to response.json, since the CLI wants a file.
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
    ONCE,
    OUTFILE,
  ];
  return `${parts.join(' \\\n  ')}\n`;
}

/** The same for PowerShell. JSON is written readable and handed over as base64, so that no PowerShell drops its quotes. */
export function toPowerShellCommand(exported: ExportedInvocation): string {
  const { payload } = exported;
  const { ClientContext } = exported.invocation;
  const parts = [
    'aws lambda invoke',
    ...fieldOptions(exported).map(([name, value]) => option(name, value, quotePowerShell)),
    ...(ClientContext === undefined ? [] : [`--client-context ${base64PowerShell(ClientContext)}`]),
    ...(payload.kind === 'file' ? [`--payload ${quotePowerShell(`fileb://${payload.path}`)}`] : []),
    ...(payload.kind === 'text' ? ['--cli-binary-format base64', `--payload ${base64PowerShell(payload.text)}`] : []),
    ONCE,
    OUTFILE,
  ];
  return `$env:AWS_MAX_ATTEMPTS = '1'\n${parts.join(' `\n  ')}\n`;
}
