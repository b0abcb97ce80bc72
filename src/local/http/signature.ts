import { createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parseAuthorization, type Authorization } from './authorization.ts';
import { canonicalHead } from './canonicalRequest.ts';
import { memoize } from './memoize.ts';
import { hmac, sha256 } from './sha256.ts';

/** The endpoint's key pair. */
export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What is known of a request before its body arrives. */
interface RequestHead {
  readonly method: string;
  /** Path and query exactly as received. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface SignedRequest extends RequestHead {
  readonly body: Uint8Array;
}

/** Lambda's exceptions for an invalid signature, all with status 403. */
export interface SignatureError {
  readonly name: 'MissingAuthenticationTokenException' | 'UnrecognizedClientException' | 'InvalidSignatureException';
  readonly message: string;
}

/** The rest of the verification, which needs the body. Returns undefined for a valid signature. */
export type BodyCheck = (body: Uint8Array) => SignatureError | undefined;

const CLOCK_SKEW_MS = 5 * 60_000;
const SERVICE = 'lambda';
const BODY_HASH = 'x-amz-content-sha256';
const SHA256_HEX = /^[0-9a-f]{64}$/;

/** Parses a date like `20260102T030405Z` to milliseconds since the epoch; NaN if it's invalid. */
const parseAmzDate = memoize((text) =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')),
);

let cachedKey: { readonly secret: string; readonly scope: string; readonly key: KeyObject } | undefined;

/** Derives the signing key of a scope. The last one is cached, because a scope is valid for a day. */
function signingKey(secret: string, scope: string): KeyObject {
  if (cachedKey?.scope !== scope || cachedKey.secret !== secret) {
    const derived = scope.split('/').reduce<Uint8Array | string>(hmac, `AWS4${secret}`);
    cachedKey = { secret, scope, key: createSecretKey(Buffer.from(derived)) };
  }
  return cachedKey.key;
}

function reject(name: SignatureError['name'], message: string): SignatureError {
  return { name, message };
}

const MISMATCH = reject(
  'InvalidSignatureException',
  'The request signature we calculated does not match the signature you provided.',
);

/** SigV4 requires that all `x-amz-` headers are signed, because they affect the operation. */
function mustBeSigned(name: string): boolean {
  return name.startsWith('x-amz-') && name !== 'x-amz-user-agent' && name !== BODY_HASH;
}

function scopeError(
  headers: IncomingHttpHeaders,
  { day, service, signed }: Authorization,
  now: number,
): SignatureError | undefined {
  if (service !== SERVICE)
    return reject('InvalidSignatureException', `Credential should be scoped to service: '${SERVICE}'.`);
  const amzDate = String(headers['x-amz-date'] ?? '');
  const skew = Math.abs(parseAmzDate(amzDate) - now);
  if (!(skew <= CLOCK_SKEW_MS) || !amzDate.startsWith(day))
    return reject('InvalidSignatureException', `Signature not current: ${amzDate || 'no X-Amz-Date'}.`);
  if (!signed.has('host')) return reject('InvalidSignatureException', "'Host' must be a signed header.");
  for (const name of Object.keys(headers)) {
    if (mustBeSigned(name) && !signed.has(name))
      return reject('InvalidSignatureException', `'${name}' must be a signed header.`);
  }
  return undefined;
}

/**
 * Verifies a request's Signature Version 4 as far as possible without its body: key ID, date (± 5 minutes), service and
 * signed headers, and the signature itself if the hash of the body is a signed header. Returns an error, or the rest of
 * the verification.
 * Source: IAM user guide, "Create a signed AWS API request".
 */
export function checkSignedHead(
  request: RequestHead,
  { accessKeyId, secretAccessKey }: KeyPair,
  now = Date.now(),
): SignatureError | BodyCheck {
  const { headers } = request;
  if (headers.authorization === undefined)
    return reject('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const parsed = parseAuthorization(headers.authorization);
  if (parsed === undefined)
    return reject('InvalidSignatureException', 'The Authorization header is not a Signature Version 4.');
  const { authorization, signature } = parsed;
  if (authorization.keyId !== accessKeyId)
    return reject('UnrecognizedClientException', 'The security token included in the request is invalid.');
  const error = scopeError(headers, authorization, now);
  if (error !== undefined) return error;
  const canonical = canonicalHead(request, authorization);
  const { scope } = authorization;

  function verify(bodyHash: string): SignatureError | undefined {
    const toSign = `AWS4-HMAC-SHA256\n${String(headers['x-amz-date'])}\n${scope}\n${sha256(canonical + bodyHash)}`;
    const expected = hmac(signingKey(secretAccessKey, scope), toSign);
    return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? undefined : MISMATCH;
  }

  const bodyHash = headers[BODY_HASH];
  if (typeof bodyHash === 'string' && SHA256_HEX.test(bodyHash) && authorization.signed.has(BODY_HASH))
    return verify(bodyHash) ?? ((body) => (sha256(body) === bodyHash ? undefined : MISMATCH));
  return (body) => verify(sha256(body));
}

/** Verifies the signature of a complete request. Returns undefined for a valid signature. */
export function checkSignature(
  { body, ...head }: SignedRequest,
  keys: KeyPair,
  now?: number,
): SignatureError | undefined {
  const result = checkSignedHead(head, keys, now);
  return typeof result === 'function' ? result(body) : result;
}
