import { memoize } from './memoize.ts';

/** A parsed Authorization header, without its signature. */
export interface Authorization {
  readonly keyId: string;
  /** The parts of the scope: YYYYMMDD, region and service. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly scope: string;
  /** The names of the signed headers, as a list, as a set, and as sent. */
  readonly signedHeaders: readonly string[];
  readonly signed: ReadonlySet<string>;
  readonly headerNames: string;
}

/** The maximum length in characters, more than a signature over all headers needs. */
const MAX_AUTHORIZATION = 8192;

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** The length of a signature: SHA-256 as hex. */
const SIGNATURE_LENGTH = 64;
const ANY_SIGNATURE = '0'.repeat(SIGNATURE_LENGTH);
const SIGNATURE = /^[0-9a-f]{64}$/;

function parse(authorization: string): Authorization | null {
  const parts = authorization.length > MAX_AUTHORIZATION ? null : AUTHORIZATION.exec(authorization);
  if (parts === null) return null;
  const [, keyId = '', day = '', region = '', service = '', headerNames = ''] = parts;
  const signedHeaders = headerNames.split(';');
  const scope = `${day}/${region}/${service}/aws4_request`;
  return { keyId, day, region, service, scope, signedHeaders, signed: new Set(signedHeaders), headerNames };
}

/** Only the signature differs between the requests of a client on one day. */
const parsePrefix = memoize((prefix) => parse(prefix + ANY_SIGNATURE));

/** Parses a Signature Version 4 header. Undefined if it has another format or more than 8192 characters. */
export function parseAuthorization(
  header: string,
): { readonly authorization: Authorization; readonly signature: string } | undefined {
  const signature = header.slice(-SIGNATURE_LENGTH);
  const authorization = parsePrefix(header.slice(0, -SIGNATURE_LENGTH));
  return authorization === null || !SIGNATURE.test(signature) ? undefined : { authorization, signature };
}
