import { describe, expect, test } from 'vitest';
import { httpBodyView } from '../../../../src/core/outcome/httpBodyView.ts';
import {
  headerValue,
  httpBodyBytes,
  httpStatusCode,
  parseHttpResponse,
} from '../../../../src/core/outcome/httpResponse.ts';
import { reasonPhrase } from '../../../../src/core/outcome/reasonPhrase.ts';
import { random } from '../../../support/random.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown) => parseHttpResponse(bytesOf(value));

/** What a parser that decodes everything would find. */
function expectedStatus(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('statusCode' in value)) return undefined;
    const { statusCode } = value;
    const code = typeof statusCode === 'string' && /^\d{3}$/.test(statusCode) ? Number(statusCode) : statusCode;
    return typeof code === 'number' && Number.isInteger(code) && code >= 100 && code <= 599 ? code : undefined;
  } catch {
    return undefined;
  }
}

describe('parseHttpResponse', () => {
  test.each<[string, unknown, number | undefined]>([
    ['an integer', { statusCode: 200 }, 200],
    ['the lowest', { statusCode: 100 }, 100],
    ['the highest', { statusCode: 599 }, 599],
    ['too low', { statusCode: 99 }, undefined],
    ['too high', { statusCode: 600 }, undefined],
    ['a fraction', { statusCode: 200.5 }, undefined],
    ['an exponent that is an integer', '{"statusCode":2e2}', 200],
    ['text that API Gateway accepts', { statusCode: '404' }, 404],
    ['other text', { statusCode: 'OK' }, undefined],
    ['text with a sign', { statusCode: '+404' }, undefined],
    ['null', { statusCode: null }, undefined],
    ['a body that is not JSON', '{"statusCode":500,"body":tru}', undefined],
    ['headers that are not JSON', '{"statusCode":500,"headers":{"a":1,}}', undefined],
    ['in an object inside', { response: { statusCode: 500 } }, undefined],
    ['in a string', { body: '"statusCode": 500, {' }, undefined],
    ['in an array', [{ statusCode: 500 }], undefined],
    ['twice, of which the last one wins', '{"statusCode":200,"statusCode":503}', 503],
    ['after a body with braces and quotes', { body: '}"]\\"{', statusCode: 418 }, 418],
    ['after an escaped backslash', '{"body":"\\\\","statusCode":418}', 418],
    ['with white space', ' {\n "statusCode" :\t201 \r\n}\n', 201],
    ['not closed', '{"statusCode":200', undefined],
    ['followed by something else', '{"statusCode":200} {}', undefined],
    ['no object', '"statusCode"', undefined],
    ['empty', '', undefined],
  ])('%s', (_, value, statusCode) => {
    expect(parse(value)?.statusCode).toBe(statusCode);
  });

  test('agrees with a parser on mutations of a response', () => {
    const below = random(16);
    const text = JSON.stringify({ body: '{"a":"\\"}"}', statusCode: 422, headers: { a: 'b' }, cookies: ['c'] });
    const disagreements: string[] = [];
    for (let round = 0; round < 2000; round++) {
      const at = below(text.length);
      const inserted = '{}[]",:\\ 2'[below(10)] ?? '';
      const mutated = text.slice(0, at) + inserted + text.slice(at + below(2));
      const expected = expectedStatus(mutated);
      // Values aren't validated, so only valid JSON can be compared.
      if (expected !== undefined && parse(mutated)?.statusCode !== expected) disagreements.push(mutated);
    }
    expect(disagreements).toEqual([]);
  });

  test('headers, multi-value headers and cookies are listed in order', () => {
    const http = parse({
      statusCode: 200,
      headers: { 'Content-Type': 'text/plain', 'X-Count': 3, Vary: ['a', 'b'] },
      multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
      cookies: ['c=3; Secure', 4],
    });
    expect(http?.headers).toEqual([
      { name: 'Content-Type', value: 'text/plain' },
      { name: 'X-Count', value: '3' },
      { name: 'Vary', value: 'a' },
      { name: 'Vary', value: 'b' },
    ]);
    expect(http?.multiValueHeaders).toEqual([
      { name: 'set-cookie', value: 'a=1' },
      { name: 'set-cookie', value: 'b=2' },
    ]);
    expect(http?.cookies).toEqual(['c=3; Secure']);
    expect(http && headerValue(http, 'content-type')).toBe('text/plain');
    expect(http && headerValue(http, 'accept')).toBeUndefined();
  });

  test.each<[string, object, object]>([
    ['missing', {}, { body: { kind: 'none' } }],
    ['null', { body: null }, { body: { kind: 'none' } }],
    ['text', { body: 'hi' }, { body: { kind: 'text', text: 'hi' } }],
    ['an object', { body: { a: 1 } }, { body: { kind: 'json', text: '{"a":1}' }, problem: 'bodyNotString' }],
    [
      'base64',
      { body: '/wD+', isBase64Encoded: true },
      { body: { kind: 'bytes', bytes: Uint8Array.of(0xff, 0, 0xfe) } },
    ],
    [
      'invalid base64',
      { body: 'not base64!', isBase64Encoded: true },
      { body: { kind: 'text', text: 'not base64!' }, problem: 'invalidBase64' },
    ],
  ])('a body that is %s', (_, fields, expected) => {
    expect(parse({ statusCode: 200, ...fields })).toMatchObject(expected);
  });

  test('a large integer in a body that is an object stays exact', () => {
    expect(parse('{"statusCode":200,"body":{"id":12345678901234567890}}')?.body).toEqual({
      kind: 'json',
      text: '{"id":12345678901234567890}',
    });
  });

  test('a streamed HTTP response has its body after eight zero bytes', () => {
    const head = bytesOf({ statusCode: 201, headers: { 'content-type': 'text/html' } });
    const bytes = Uint8Array.from([...head, ...new Uint8Array(8), ...bytesOf('<p>')]);
    const http = parseHttpResponse(bytes);
    expect(http?.statusCode).toBe(201);
    expect(http && new TextDecoder().decode(httpBodyBytes(http))).toBe('<p>');
    expect(parseHttpResponse(bytes.subarray(0, head.length + 7))).toBeUndefined();
  });

  test('the status code is known from the first bytes', () => {
    const bytes = bytesOf({ statusCode: 503, body: 'x'.repeat(1000) });
    expect(httpStatusCode(bytes.subarray(0, 100))).toBe(503);
    expect(httpStatusCode(bytes.subarray(0, 15))).toBeUndefined();
    expect(httpStatusCode(bytesOf({ body: 'x'.repeat(1000), statusCode: 503 }).subarray(0, 100))).toBeUndefined();
  });
});

describe('httpBodyView', () => {
  const view = (fields: object) => {
    const http = parse({ statusCode: 200, ...fields });
    return http && httpBodyView(http);
  };
  const png = 'iVBORw0KGgo=';

  test.each<[string, object, object]>([
    ['no body', {}, { kind: 'empty' }],
    ['an empty body', { body: '' }, { kind: 'empty' }],
    ['JSON without a content type', { body: '{"a":1}' }, { kind: 'json', text: '{"a":1}' }],
    ['JSON as HTML', { body: '{"a":1}', headers: { 'content-type': 'text/html' } }, { kind: 'text', text: '{"a":1}' }],
    [
      'problem details',
      { body: '{"a":1}', headers: { 'Content-Type': 'application/problem+json; charset=utf-8' } },
      { kind: 'json', text: '{"a":1}' },
    ],
    ['HTML', { body: '<p>', headers: { 'content-type': 'text/html' } }, { kind: 'text', text: '<p>' }],
    ['text in base64', { body: 'aGk=', isBase64Encoded: true }, { kind: 'text', text: 'hi' }],
    ['bytes', { body: '/w==', isBase64Encoded: true }, { kind: 'binary', bytes: Uint8Array.of(0xff) }],
    [
      'a picture',
      { body: png, isBase64Encoded: true, headers: { 'content-type': 'image/png' } },
      { kind: 'image', mediaType: 'image/png' },
    ],
    [
      'an SVG as text',
      { body: '<svg/>', headers: { 'content-type': 'image/svg+xml' } },
      { kind: 'image', mediaType: 'image/svg+xml' },
    ],
    [
      'a PNG that isn’t encoded',
      { body: 'PNG', headers: { 'content-type': 'image/png' } },
      { kind: 'text', text: 'PNG' },
    ],
    [
      'an unknown picture type',
      { body: '/w==', isBase64Encoded: true, headers: { 'content-type': 'image/x-unknown' } },
      { kind: 'binary' },
    ],
  ])('%s', (_, fields, expected) => {
    expect(view(fields)).toMatchObject(expected);
  });
});

test('reason phrases are those of the registry', () => {
  expect([200, 422, 500, 299].map(reasonPhrase)).toEqual(['OK', 'Unprocessable Content', 'Internal Server Error', '']);
});
