import { fromBase64 } from '../invocation/base64.ts';
import { isRecord } from '../json/isRecord.ts';
import { topLevelMembers } from './topLevelMembers.ts';

/** The body of an HTTP response. `json`: a value that isn't a string, as text. */
type HttpBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text' | 'json'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

/** A response in the format that API Gateway, function URLs and load balancers convert to an HTTP response. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: readonly HttpHeader[];
  readonly multiValueHeaders: readonly HttpHeader[];
  readonly cookies: readonly string[];
  readonly body: HttpBody;
  /** Why the services would reject the body, or not decode it. */
  readonly problem?: 'bodyNotString' | 'invalidBase64';
}

const NAMES = new Set(['statusCode', 'headers', 'multiValueHeaders', 'cookies', 'body', 'isBase64Encoded']);

/** The number of zero bytes between the metadata and the body of a streamed HTTP response. */
const SEPARATOR_BYTES = 8;

/** More headers or cookies aren't shown. */
const MAX_HEADERS = 1000;

/**
 * An integer from 100 to 599, as a number or as text of three digits: API Gateway accepts `"200"` too, which AWS's own
 * blueprint microservice-http-endpoint returns.
 */
function parseStatusCode(value: unknown): number | undefined {
  const code = typeof value === 'string' && /^[1-5]\d\d$/.test(value) ? Number(value) : value;
  return typeof code === 'number' && Number.isInteger(code) && code >= 100 && code <= 599 ? code : undefined;
}

function headerList(value: unknown): HttpHeader[] {
  if (!isRecord(value)) return [];
  const headers = Object.entries(value).flatMap(([name, entry]) =>
    (Array.isArray(entry) ? entry : [entry]).map((one: unknown) => ({
      name,
      value: typeof one === 'string' ? one : JSON.stringify(one),
    })),
  );
  return headers.slice(0, MAX_HEADERS);
}

/**
 * Reads the status code of an HTTP response from the beginning of its bytes, or from all of them. Returns undefined if
 * there is none so far.
 */
export function httpStatusCode(bytes: Uint8Array): number | undefined {
  const range = topLevelMembers(bytes, NAMES)?.members.get('statusCode');
  if (range === undefined || range.end - range.start > 16) return undefined;
  return parseStatusCode(parseRange(bytes, range));
}

function parseRange(bytes: Uint8Array, { start, end }: { readonly start: number; readonly end: number }): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end)));
  } catch {
    return undefined;
  }
}

const hasSeparator = (bytes: Uint8Array, at: number) =>
  bytes.length >= at + SEPARATOR_BYTES && bytes.subarray(at, at + SEPARATOR_BYTES).every((byte) => byte === 0);

const isBlank = (bytes: Uint8Array) => bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));

function parseBody(value: unknown, text: () => string, isBase64: boolean): Pick<HttpResponse, 'body' | 'problem'> {
  if (value === undefined || value === null) return { body: { kind: 'none' } };
  if (typeof value !== 'string') return { body: { kind: 'json', text: text() }, problem: 'bodyNotString' };
  if (value === '') return { body: { kind: 'none' } };
  if (!isBase64) return { body: { kind: 'text', text: value } };
  const bytes = fromBase64(value);
  return bytes === undefined
    ? { body: { kind: 'text', text: value }, problem: 'invalidBase64' }
    : { body: { kind: 'bytes', bytes } };
}

/**
 * Parses a response that is an object with an integer `statusCode` from 100 to 599, or a streamed HTTP response: such an
 * object, eight zero bytes, and the body. Returns undefined for any other response. Sources: API Gateway developer guide
 * (Lambda proxy integrations, payload format versions), Lambda developer guide (function URLs, response streaming),
 * Elastic Load Balancing user guide (Lambda functions as targets).
 */
export function parseHttpResponse(bytes: Uint8Array): HttpResponse | undefined {
  const topLevel = topLevelMembers(bytes, NAMES);
  if (topLevel?.end === undefined || !topLevel.members.has('statusCode')) return undefined;
  const { members, end } = topLevel;
  const isStreamed = hasSeparator(bytes, end);
  if (!isStreamed && !isBlank(bytes.subarray(end))) return undefined;
  const values = new Map([...members].map(([name, range]) => [name, parseRange(bytes, range)]));
  if ([...values.values()].includes(undefined)) return undefined; // not JSON
  const read = (name: string) => values.get(name);
  const statusCode = parseStatusCode(read('statusCode'));
  if (statusCode === undefined) return undefined;
  const cookies = read('cookies');
  const bodyText = () => {
    const { start = 0, end: bodyEnd = 0 } = members.get('body') ?? {};
    return new TextDecoder().decode(bytes.subarray(start, bodyEnd));
  };
  const streamed = bytes.subarray(end + SEPARATOR_BYTES);
  return {
    statusCode,
    headers: headerList(read('headers')),
    multiValueHeaders: headerList(read('multiValueHeaders')),
    cookies: Array.isArray(cookies) ? cookies.filter((cookie) => typeof cookie === 'string').slice(0, MAX_HEADERS) : [],
    ...(isStreamed
      ? { body: streamed.length === 0 ? { kind: 'none' } : { kind: 'bytes', bytes: streamed } }
      : parseBody(read('body'), bodyText, read('isBase64Encoded') === true)),
  };
}

/** The value of a header, whatever its case. As in API Gateway, multi-value headers win. */
export function headerValue({ headers, multiValueHeaders }: HttpResponse, name: string): string | undefined {
  return [...multiValueHeaders, ...headers].find((header) => header.name.toLowerCase() === name)?.value;
}

/** The body as bytes, decoded from base64. */
export function httpBodyBytes({ body }: HttpResponse): Uint8Array {
  switch (body.kind) {
    case 'none':
      return new Uint8Array();
    case 'text':
    case 'json':
      return new TextEncoder().encode(body.text);
    case 'bytes':
      return body.bytes;
  }
}
