/** Limits of durable executions. Sources: Lambda service model, Lambda quotas. */
export const DURABLE_LIMITS = {
  /** Operations of one execution. */
  operations: 3000,
  /** What an execution writes, in bytes. */
  writtenBytes: 104_857_600,
  /** Payload of an operation, in bytes. */
  payload: 6_291_456,
  /** An update with an error, in bytes. */
  error: 32_768,
  /** Result of a callback, in bytes. */
  callbackResult: 262_144,
  /** The body of a checkpoint, in bytes. Escapes in JSON can double a payload. */
  checkpointBody: 16_777_216,
  operationId: 64,
  operationName: 256,
  subType: 32,
  /** The longest wait, retry delay, and execution, in seconds. */
  seconds: 31_622_400,
  /** Operations or events of one page. */
  page: 1000,
  /** Operations of one page, in bytes. */
  pageBytes: 5_242_880,
  /** How long an invocation waits for the end of an execution, in seconds. */
  synchronousSeconds: 900,
  /** Failed invocations in a row after which the execution fails. */
  failedInvocations: 5,
  /** How long an ended execution is kept, in days. */
  retentionDays: 14,
} as const;
