export const INVOCATION_TYPES = ['RequestResponse', 'Event', 'DryRun'] as const;
export type InvocationType = (typeof INVOCATION_TYPES)[number];

export const LOG_TYPES = ['Tail', 'None'] as const;
export type LogType = (typeof LOG_TYPES)[number];

/** Whether the response arrives at the end (Invoke) or in chunks (InvokeWithResponseStream). */
export const INVOKE_MODES = ['BUFFERED', 'RESPONSE_STREAM'] as const;
export type InvokeMode = (typeof INVOKE_MODES)[number];

/** The source of the payload. Its bytes are read when the invocation runs, never earlier. */
export type PayloadSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'typed'; readonly text: string }
  /** A saved file, or an untitled editor whose text is sent. */
  | { readonly kind: 'file'; readonly uri: string };

/**
 * An invocation with Lambda's own field names. Empty fields and fields that don't apply to the invocation type are
 * absent. ClientContext is the text of a JSON object. It's encoded as base64 when sent.
 */
export interface Invocation {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType: InvocationType;
  readonly LogType?: LogType;
  readonly ClientContext?: string;
  readonly TenantId?: string;
  readonly DurableExecutionName?: string;
  /** Defaults to BUFFERED. Function URLs use the same name. */
  readonly InvokeMode?: InvokeMode;
  readonly payload: PayloadSource;
}

/** The part after `function:` in an ARN or partial ARN, or else the whole text. */
function afterFunctionPrefix(FunctionName: string): string {
  const prefix = 'function:';
  const at = FunctionName.startsWith(prefix) ? 0 : FunctionName.indexOf(`:${prefix}`) + 1;
  const hasPrefix = FunctionName.startsWith(prefix, at);
  return (hasPrefix && FunctionName.slice(at + prefix.length)) || FunctionName;
}

/** A short name for display, such as `hello` or `hello:live`. */
export function describeFunction(invocation: Pick<Invocation, 'FunctionName' | 'Qualifier'>): string {
  const name = afterFunctionPrefix(invocation.FunctionName);
  return invocation.Qualifier === undefined || name.endsWith(`:${invocation.Qualifier}`)
    ? name
    : `${name}:${invocation.Qualifier}`;
}
