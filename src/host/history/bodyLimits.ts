/** The limits of stored payloads and responses. */
export interface BodyLimits {
  /** Of one invocation, in bytes. */
  readonly maxBytes: number;
  /** Of all invocations, in bytes. */
  readonly maxTotal: number;
  /** In milliseconds. Doesn't apply to pinned entries. */
  readonly maxAge: number;
}

export const BODY_LIMITS: BodyLimits = { maxBytes: 16_777_216, maxTotal: 268_435_456, maxAge: 30 * 86_400_000 };
