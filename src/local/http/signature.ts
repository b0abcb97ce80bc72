import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The endpoint's key pair. */
export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as received. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** Lambda's exceptions for an invalid signature, all with status 403. */
export interface SignatureError {
  readonly name: 'MissingAuthenticationTokenException' | 'UnrecognizedClientException' | 'InvalidSignatureException';
  readonly message: string;
}

/** SigV4 requires that all `x-amz-` headers are signed, because they affect the operation. */
const MUST_BE_SIGNED = /^x-amz-(?!user-agent$|content-sha256$)/;

const CLOCK_SKEW_MS = 5 * 60_000;
const SERVICE = 'lambda';

/** The maximum length in characters, more than a signature over all headers needs. */
const MAX_AUTHORIZATION = 8192;

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hmac(key: Uint8Array | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Percent-encoding per RFC 3986, as SigV4 requires. encodeURIComponent leaves five reserved characters unencoded. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .toSorted()
    .join('&');
}

function canonicalRequest({ method, url, headers, body }: SignedRequest, signedHeaders: readonly string[]): string {
  const queryStart = url.indexOf('?');
  const [path, query] = queryStart === -1 ? [url, ''] : [url.slice(0, queryStart), url.slice(queryStart + 1)];
  // The path on the wire is encoded once; SigV4 encodes each segment again (%3A becomes %253A).
  const canonicalPath = path.split('/').map(encode).join('/');
  const lines = signedHeaders.map(
    (name) =>
      `${name}:${String(headers[name] ?? '')
        .trim()
        .replaceAll(/ +/g, ' ')}\n`,
  );
  return [method, canonicalPath, canonicalQuery(query), lines.join(''), signedHeaders.join(';'), sha256(body)].join(
    '\n',
  );
}

/** Parses a date like `20260102T030405Z` to milliseconds since the epoch; NaN if it's invalid. */
function parseAmzDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

let cachedKey: { readonly cacheKey: string; readonly key: Uint8Array } | undefined;

/** Derives the signing key of a scope. The last one is cached, because a scope is valid for a day. */
function signingKey({ secretAccessKey }: KeyPair, scope: readonly string[]): Uint8Array {
  const cacheKey = [secretAccessKey, ...scope].join('/');
  if (cachedKey?.cacheKey !== cacheKey) {
    const key = scope.reduce<Uint8Array | string>(hmac, `AWS4${secretAccessKey}`);
    cachedKey = { cacheKey, key: Buffer.from(key) };
  }
  return cachedKey.key;
}

function reject(name: SignatureError['name'], message: string): SignatureError {
  return { name, message };
}

/**
 * Verifies a request's Signature Version 4 with the endpoint's key pair: key ID, date (± 5 minutes), service, signed
 * headers and body hash, compared in constant time. Returns undefined for a valid signature.
 * Source: IAM user guide, "Create a signed AWS API request".
 */
export function checkSignature(request: SignedRequest, keys: KeyPair, now = Date.now()): SignatureError | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return reject('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const parts = authorization.length > MAX_AUTHORIZATION ? null : AUTHORIZATION.exec(authorization);
  if (parts === null)
    return reject('InvalidSignatureException', 'The Authorization header is not a Signature Version 4.');
  const [, keyId = '', day = '', region = '', service = '', headerNames = '', signature = ''] = parts;
  if (keyId !== keys.accessKeyId) {
    return reject('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (service !== SERVICE)
    return reject('InvalidSignatureException', `Credential should be scoped to service: '${SERVICE}'.`);
  const amzDate = String(request.headers['x-amz-date'] ?? '');
  const skew = Math.abs(parseAmzDate(amzDate) - now);
  if (!(skew <= CLOCK_SKEW_MS) || !amzDate.startsWith(day)) {
    return reject('InvalidSignatureException', `Signature not current: ${amzDate || 'no X-Amz-Date'}.`);
  }
  const signedHeaders = headerNames.split(';');
  if (!signedHeaders.includes('host')) return reject('InvalidSignatureException', "'Host' must be a signed header.");
  const unsigned = Object.keys(request.headers).find(
    (name) => MUST_BE_SIGNED.test(name) && !signedHeaders.includes(name),
  );
  if (unsigned !== undefined) return reject('InvalidSignatureException', `'${unsigned}' must be a signed header.`);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', amzDate, scope, sha256(canonicalRequest(request, signedHeaders))].join('\n');
  const expected = hmac(signingKey(keys, [day, region, service, 'aws4_request']), toSign);
  if (timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return undefined;
  return reject(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided.',
  );
}
