/** A handler that runs in our runtime and in AWS's runtime interface client. Responses and logs must be equal. */
export interface NodeRow {
  readonly name: string;
  /** The files of the function. Code alone is `index.js`. */
  readonly files: string | Readonly<Record<string, string>>;
  /** Default: `index.handler`. */
  readonly handler?: string;
  readonly isStreamed?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly logFormat?: 'Text' | 'JSON';
  readonly tenantId?: string;
  /** The versions of AWS's client that it is compared with; both by default. */
  readonly versions?: readonly (3 | 4)[];
  /** What the public source of version 3 has and its package lacks. If set, version 3 isn't compared. */
  readonly isNewer?: string;
  /** Why the stack trace in the payload isn't compared. */
  readonly traceDiffers?: string;
  /** Why the log isn't compared. */
  readonly logDiffers?: string;
}

/** A row with a name and the code of an async handler. */
export function asyncRow(name: string, body: string, more: Partial<NodeRow> = {}): NodeRow {
  return { name, files: `exports.handler = async (event, context) => { ${body} };`, ...more };
}

/** A row with a name and the code of a streaming handler. */
export function streamRow(name: string, body: string, more: Partial<NodeRow> = {}): NodeRow {
  const code = `exports.handler = awslambda.streamifyResponse(async (event, out, context) => { ${body} });`;
  return { name, files: code, isStreamed: true, ...more };
}
