import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { Sha256 } from '../../support/sha256.ts';
import { checkSignature, type SignedRequest } from '../../../src/local/signature.ts';

const keys = { accessKeyId: 'LOCALKEY', secretAccessKey: 'secret' };

/** A request as AWS's own signer signs it, and as it then arrives. */
async function signed({ service = 'lambda', signingDate = new Date(), body = '{}' } = {}): Promise<SignedRequest> {
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
  const { headers } = await signer.sign(request, { signingDate });
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { method: 'POST', url: `${path}?Qualifier=%24LATEST&a=1%202`, headers: lowerCase, body: Buffer.from(body) };
}

test('accepts what AWS’s own signer signs', async () => {
  expect(checkSignature(await signed(), keys)).toBeUndefined();
});

test.each<[string, (request: SignedRequest) => SignedRequest]>([
  ['another body', (request) => ({ ...request, body: Buffer.from('{"a":1}') })],
  ['another path', (request) => ({ ...request, url: request.url.replace('hello', 'other') })],
  ['another query', (request) => ({ ...request, url: request.url.replace('LATEST', 'EARLIER') })],
  ['another method', (request) => ({ ...request, method: 'PUT' })],
  ['another signed header', (request) => ({ ...request, headers: { ...request.headers, host: 'localhost:1' } })],
])('refuses %s', async (_, change) => {
  expect(checkSignature(change(await signed()), keys)?.name).toBe('InvalidSignatureException');
});

test('refuses another service, and a date more than five minutes away', async () => {
  expect(checkSignature(await signed({ service: 's3' }), keys)?.message).toContain("service: 'lambda'");
  const minutes = (count: number) => signed({ signingDate: new Date(Date.now() + count * 60_000) });
  expect(checkSignature(await minutes(4), keys)).toBeUndefined();
  expect(checkSignature(await minutes(6), keys)?.message).toContain('not current');
  expect(checkSignature(await minutes(-6), keys)?.message).toContain('not current');
});

test('refuses a header that is no signature', async () => {
  const request = await signed();
  expect(checkSignature({ ...request, headers: { authorization: 'Basic abc' } }, keys)?.name).toBe(
    'InvalidSignatureException',
  );
  expect(checkSignature({ ...request, headers: {} }, keys)?.name).toBe('MissingAuthenticationTokenException');
});
