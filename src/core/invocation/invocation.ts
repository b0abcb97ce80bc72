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
function behindFunction(FunctionName: string): string {
  const word = 'function:';
  const at = FunctionName.startsWith(word) ? 0 : FunctionName.indexOf(`:${word}`) + 1;
  const isThere = FunctionName.startsWith(word, at);
  return (isThere && FunctionName.slice(at + word.length)) || FunctionName;
}

/** A short name for display, such as `hello` or `hello:live`. */
export function describeFunction(invocation: Pick<Invocation, 'FunctionName' | 'Qualifier'>): string {
  const name = behindFunction(invocation.FunctionName);
  return invocation.Qualifier === undefined || name.endsWith(`:${invocation.Qualifier}`)
    ? name
    : `${name}:${invocation.Qualifier}`;
}
