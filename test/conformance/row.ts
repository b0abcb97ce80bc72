/** A request and the expected response. Plain data, so that clients in any language can use it. */
export interface Row {
  readonly name: string;
  readonly request: {
    readonly FunctionName: string;
    readonly Qualifier?: string;
    readonly InvocationType?: string;
    readonly LogType?: string;
    /** JSON, which is sent as base64. */
    readonly ClientContext?: string;
    readonly TenantId?: string;
    readonly DurableExecutionName?: string;
    /** Sent verbatim, except for `repeat`. */
    readonly Payload?: string;
    /** How often the `x` in Payload is repeated. */
    readonly repeat?: number;
  };
  readonly status: number;
  /** Headers as regular expressions; null for one that must be absent. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The exception's name. */
  readonly exception?: string;
  /** The expected body; strings between slashes are regular expressions. Not checked if absent. */
  readonly body?: unknown;
  /** Regular expressions that the log tail must match. */
  readonly log?: readonly string[];
}

export const OK = {
  'x-amzn-requestid': '^[0-9a-f-]{36}$',
  'x-amzn-trace-id': '^Root=1-',
  'x-amz-function-error': null,
};
export const FAILED = { 'x-amzn-requestid': '^[0-9a-f-]{36}$', 'x-amz-function-error': '^Unhandled$' };
export const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:';
export const act = (action: string, value?: unknown) => JSON.stringify({ do: action, value });

export const node = (action: string, value?: unknown) => ({
  FunctionName: 'node',
  LogType: 'Tail',
  Payload: act(action, value),
});
export const python = (action: string, value?: unknown) => ({
  FunctionName: 'python',
  LogType: 'Tail',
  Payload: act(action, value),
});
