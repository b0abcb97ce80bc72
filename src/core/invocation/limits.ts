/** Limits of Lambda's Invoke, in bytes or characters. Source: Lambda API reference, Invoke; Lambda quotas. */
export const LIMITS = {
  /** FunctionName, whole, in characters. */
  FunctionName: 256,
  /** The bare name inside FunctionName, in characters. A longer one is answered with 404. */
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
  /** A whole answer of Invoke that is still read: five times Lambda's own limit of 6,291,556. In bytes. */
  maxResponseBytes: 33_554_432,
  /** A header's value that is read and shown, in characters: request ids and trace ids are far shorter. */
  header: 1024,
  /** A log that is read and shown, in characters: Lambda returns 4 KB, other endpoints may return more. */
  log: 1_048_576,
  /** LogResult once decoded, in bytes: Lambda returns the last 4 KB of the log. */
  logTail: 4096,
} as const;
