/** One line of the table: what is sent, and what must come back. Plain data, so that clients in any language can run it. */
export interface Row {
  readonly name: string;
  readonly request: {
    readonly FunctionName: string;
    readonly Qualifier?: string;
    readonly InvocationType?: string;
    readonly LogType?: string;
    /** The JSON; it is sent as base64. */
    readonly ClientContext?: string;
    readonly TenantId?: string;
    readonly DurableExecutionName?: string;
    /** Verbatim; `repeat` times. */
    readonly Payload?: string;
    readonly repeat?: number;
  };
  readonly status: number;
  /** Headers as patterns; null for one that must not be there. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The exception's name. */
  readonly exception?: string;
  /** Of a function's error, or an exception's body: patterns stand between slashes. Absent: not looked at. */
  readonly body?: unknown;
  /** Patterns the log tail must have. */
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
