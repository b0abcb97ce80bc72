import type { DiscardLimits } from './refuse.ts';

/** Limits of the local endpoint's connections, in bytes and milliseconds. */
export interface EndpointLimits extends DiscardLimits {
  /** Request bodies of all connections together. */
  readonly bodyBytes: number;
  /** From the first byte of a request, or from connecting, to the end of its headers. */
  readonly headersMs: number;
  /** From the first byte of a request to the end of its body. */
  readonly requestMs: number;
  /** How often the two limits above are checked. */
  readonly checkMs: number;
  /** How long a client may read nothing of an ended response. */
  readonly readingMs: number;
  /** How long an idle connection stays open. Clients reuse connections that were idle for up to 5 s. */
  readonly idleMs: number;
}

export const ENDPOINT_LIMITS: EndpointLimits = {
  bodyBytes: 67_108_864,
  headersMs: 30_000,
  requestMs: 60_000,
  checkMs: 5000,
  readingMs: 60_000,
  idleMs: 65_000,
  discardBytes: 16_777_216,
  discardMs: 5000,
};
