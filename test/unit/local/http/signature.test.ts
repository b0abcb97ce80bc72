import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { Sha256 } from '../../../support/sha256.ts';
import { checkSignature, type SignedRequest } from '../../../../src/local/http/signature.ts';

const keys = { accessKeyId: 'LOCALKEY', secretAccessKey: 'secret' };

/** A request signed by AWS's signer, as the server receives it. */
async function signed({
  service = 'lambda',
  signingDate = new Date(),
  body = '{}',
  unsigned = [] as string[],
} = {}): Promise<SignedRequest> {
  const signer = new SignatureV4({ credentials: keys, region: 'eu-west-1', service, sha256: Sha256 });
  const path = '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Ahello/invocations';
  const request = {
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    path,
    query: { Qualifier: '$LATEST', a: '1 2' },
    headers: { host: '127.0.0.1:1234', 'x-amz-client-context': '  a   b ' },
    body,
  };
  const { headers } = await signer.sign(request, { signingDate, unsignableHeaders: new Set(unsigned) });
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { method: 'POST', url: `${path}?Qualifier=%24LATEST&a=1%202`, headers: lowerCase, body: Buffer.from(body) };
}

/** A valid Authorization header for a request, but with another day (YYYYMMDD) in its scope. */
async function authorizationOf({ method, url, headers }: SignedRequest, day: string): Promise<string> {
  const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();
  const header = String(headers.authorization);
  const signedHeaders = /SignedHeaders=([^,]+)/.exec(header)?.[1] ?? '';
  const [path = '', query = ''] = url.split('?');
  const lines = signedHeaders
    .split(';')
    .map((name) => `${name}:${String(headers[name]).trim().replaceAll(/ +/g, ' ')}\n`);
  const hash = String(headers['x-amz-content-sha256']);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const canonical = [method, encoded, query, lines.join(''), signedHeaders, hash].join('\n');
  const scope = [day, 'eu-west-1', 'lambda', 'aws4_request'];
  const hashed = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope.join('/'), hashed].join('\n');
  const key = scope.reduce<string | Uint8Array>(hmac, `AWS4${keys.secretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope.join('/')}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

test('accepts a request signed by AWS’s signer', async () => {
  expect(checkSignature(await signed(), keys)).toBeUndefined();
});

test.each<[string, (request: SignedRequest) => SignedRequest]>([
  ['another body', (request) => ({ ...request, body: Buffer.from('{"a":1}') })],
  ['another path', (request) => ({ ...request, url: request.url.replace('hello', 'other') })],
  ['another query', (request) => ({ ...request, url: request.url.replace('LATEST', 'EARLIER') })],
  ['another method', (request) => ({ ...request, method: 'PUT' })],
  ['another signed header', (request) => ({ ...request, headers: { ...request.headers, host: 'localhost:1' } })],
])('rejects %s', async (_, change) => {
  expect(checkSignature(change(await signed()), keys)?.name).toBe('InvalidSignatureException');
});

test('rejects another service, and a date more than five minutes off', async () => {
  expect(checkSignature(await signed({ service: 's3' }), keys)?.message).toContain("service: 'lambda'");
  const minutes = (count: number) => signed({ signingDate: new Date(Date.now() + count * 60_000) });
  expect(checkSignature(await minutes(4), keys)).toBeUndefined();
  expect(checkSignature(await minutes(6), keys)?.message).toContain('not current');
  expect(checkSignature(await minutes(-6), keys)?.message).toContain('not current');
});

test('rejects a scope whose day differs from the date', async () => {
  const now = Date.UTC(2026, 0, 2, 0, 1);
  const request = await signed({ signingDate: new Date(now) });
  const check = async (day: string) => {
    const headers = { ...request.headers, authorization: await authorizationOf(request, day) };
    return checkSignature({ ...request, headers }, keys, now);
  };
  expect(await check('20260102')).toBeUndefined();
  expect((await check('20260101'))?.message).toContain('not current');
});

test.each(['host', 'x-amz-client-context'])('rejects a request whose %s is not signed', async (name) => {
  const refusal = checkSignature(await signed({ unsigned: [name] }), keys);
  expect(refusal?.message.toLowerCase()).toContain(`'${name}' must be a signed header`);
});

test('rejects an Authorization header without a signature, and a missing one', async () => {
  const request = await signed();
  expect(checkSignature({ ...request, headers: { authorization: 'Basic abc' } }, keys)?.name).toBe(
    'InvalidSignatureException',
  );
  expect(checkSignature({ ...request, headers: {} }, keys)?.name).toBe('MissingAuthenticationTokenException');
});
