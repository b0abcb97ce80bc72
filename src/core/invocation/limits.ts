/** Limits of Lambda's Invoke, in bytes or characters. Sources: Lambda API reference (Invoke), Lambda quotas. */
export const LIMITS = {
  /** FunctionName including ARN and qualifier, in characters. */
  FunctionName: 256,
  /** The bare name inside FunctionName, in characters. Lambda returns 404 for a longer one. */
  bareFunctionName: 64,
  /** Qualifier, in characters. */
  Qualifier: 128,
  /** ClientContext, in bytes of base64. */
  ClientContext: 3583,
  /** TenantId, in characters. */
  TenantId: 256,
  /** DurableExecutionName, in characters. */
  DurableExecutionName: 64,
  /** Payload of RequestResponse and DryRun, in bytes. */
  synchronousPayload: 6_291_456,
  /** Payload of Event, in bytes (1 MB since 2025, 256 KB before). */
  eventPayload: 1_048_576,
  /** The maximum size of a response that's still read: five times Lambda's own limit of 6,291,556. In bytes. */
  maxResponseBytes: 33_554_432,
  /** The maximum length of a header value, in characters. Request IDs and trace IDs are far shorter. */
  header: 1024,
  /** The maximum length of a log, in characters. Lambda returns 4 KB, but other endpoints may return more. */
  log: 1_048_576,
  /** The decoded size of LogResult, in bytes: Lambda returns the last 4 KB of the log. */
  logTail: 4096,
} as const;
