export const INVOCATION_TYPES = ['RequestResponse', 'Event', 'DryRun'] as const;
export type InvocationType = (typeof INVOCATION_TYPES)[number];

export const LOG_TYPES = ['Tail', 'None'] as const;
export type LogType = (typeof LOG_TYPES)[number];

/** How the response comes: whole when the function ends (Invoke), or as it is made (InvokeWithResponseStream). */
export const INVOKE_MODES = ['BUFFERED', 'RESPONSE_STREAM'] as const;
export type InvokeMode = (typeof INVOKE_MODES)[number];

/** Where the payload's bytes come from. They are read when the invocation runs, never earlier. */
export type PayloadSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'typed'; readonly text: string }
  /** A document: a saved file, or an untitled editor whose text is sent. */
  | { readonly kind: 'file'; readonly uri: string };

/**
 * What a person asks Lambda to do, in Lambda's own names. Fields that are empty or do not apply to the invocation type
 * are absent. ClientContext is the text of a JSON object; it becomes base64 when it is sent.
 */
export interface Invocation {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType: InvocationType;
  readonly LogType?: LogType;
  readonly ClientContext?: string;
  readonly TenantId?: string;
  readonly DurableExecutionName?: string;
  /** Absent means BUFFERED. The name is the one that function URLs have for it. */
  readonly InvokeMode?: InvokeMode;
  readonly payload: PayloadSource;
}

/** The part after `function:` in an ARN or a partial ARN, or the whole text. */
function behindFunction(FunctionName: string): string {
  const word = 'function:';
  const at = FunctionName.startsWith(word) ? 0 : FunctionName.indexOf(`:${word}`) + 1;
  const isThere = FunctionName.startsWith(word, at);
  return (isThere && FunctionName.slice(at + word.length)) || FunctionName;
}

/** `hello`, `hello:live`: the function as a person would name it in one word. */
export function describeFunction(invocation: Pick<Invocation, 'FunctionName' | 'Qualifier'>): string {
  const name = behindFunction(invocation.FunctionName);
  return invocation.Qualifier === undefined || name.endsWith(`:${invocation.Qualifier}`)
    ? name
    : `${name}:${invocation.Qualifier}`;
}
