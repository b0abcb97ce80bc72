/** An event as a service would send it, to start a payload from. */
export interface Sample {
  /** Unique among all samples, such as 'API Gateway REST API (v1)'. */
  readonly name: string;
  /** The group in the list, such as 'HTTP'. */
  readonly group: string;
  /** When Lambda receives this event, in one line. */
  readonly description: string;
  readonly event: object;
}
