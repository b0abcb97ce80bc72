/** An event as a service would send it to a function: something to start a payload from. */
export interface Sample {
  /** Unique among all samples, like 'API Gateway REST API (v1)'. */
  readonly name: string;
  /** The family it is listed under, like 'HTTP'. */
  readonly group: string;
  /** One line: when Lambda gets this. */
  readonly description: string;
  readonly event: object;
}
