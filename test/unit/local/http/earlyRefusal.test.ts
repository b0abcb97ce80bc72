import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { LocalEndpoint, type EndpointOptions } from '../../../../src/local/http/localEndpoint.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { LOCAL_KEYS } from '../../../support/localWorkspace.ts';
import { chunk, connectTo, invokePath, requestHead, signedHead } from '../../../support/rawRequests.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const MB = 1_048_576;
const SIX_MB = Buffer.alloc(6 * MB, 0x20);
const PATH = invokePath('hello');
const DRY_RUN = { 'x-amz-invocation-type': 'DryRun' };

let local: TemporaryWorkspace;

beforeAll(async () => {
  local = await startTemporaryWorkspace({}, { hello: { handler: 'index.handler' } });
});

afterAll(() => local.close());

const host = () => new URL(local.url).host;
const large = { body: SIX_MB, headers: DRY_RUN, path: PATH };
const signedLarge = (options: Partial<Parameters<typeof signedHead>[1]>) =>
  signedHead(local.url, { ...large, ...options });

describe('a request is rejected before its body arrives', () => {
  const length = { 'content-length': String(6 * MB) };
  test.each<[string, () => Promise<string> | string, number, string]>([
    [
      'with another Host header',
      () => requestHead(`POST ${PATH}`, { host: 'evil.example', ...length }),
      403,
      'AccessDeniedException',
    ],
    [
      'without a signature',
      () => requestHead(`POST ${PATH}`, { host: host(), ...length }),
      403,
      'MissingAuthenticationTokenException',
    ],
    [
      'with another scheme',
      () => requestHead(`POST ${PATH}`, { host: host(), authorization: 'Basic abc', ...length }),
      403,
      'InvalidSignatureException',
    ],
    [
      'with another key ID',
      () => signedLarge({ keys: { ...LOCAL_KEYS, accessKeyId: 'OTHER' } }),
      403,
      'UnrecognizedClientException',
    ],
    [
      'with another secret',
      () => signedLarge({ keys: { ...LOCAL_KEYS, secretAccessKey: 'other' } }),
      403,
      'InvalidSignatureException',
    ],
    ['for another service', () => signedLarge({ service: 's3' }), 403, 'InvalidSignatureException'],
    ['with an old date', () => signedLarge({ signingDate: new Date(0) }), 403, 'InvalidSignatureException'],
    [
      'with a header that must be signed',
      () => signedLarge({ unsigned: { 'x-amz-log-type': 'Tail' } }),
      403,
      'InvalidSignatureException',
    ],
    ['with another method', () => signedLarge({ method: 'PUT' }), 405, 'MethodNotAllowedException'],
    ['with an unknown path', () => signedLarge({ path: '/2015-03-31/functions' }), 404, 'UnknownOperationException'],
    ['with an invalid function name', () => signedLarge({ path: invokePath('a%20b') }), 400, 'ValidationException'],
    [
      'with an unknown invocation type',
      () => signedLarge({ headers: { 'x-amz-invocation-type': 'Other' } }),
      400,
      'InvalidParameterValueException',
    ],
    [
      'with an Event over 1 MB',
      () => signedLarge({ headers: { 'x-amz-invocation-type': 'Event' } }),
      413,
      'RequestEntityTooLargeException',
    ],
    ['over 6 MB', () => signedLarge({ body: Buffer.alloc(6 * MB + 1, 0x20) }), 413, 'RequestEntityTooLargeException'],
  ])('%s', async (_, head, status, name) => {
    const client = await connectTo(local.url);
    client.send(await head());
    const response = await client.response('"Message":');
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(response).toContain(`x-amzn-errortype: ${name}\r\n`);
    client.destroy();
  });
});

test('a client that is rejected while it sends 6 MB can send its next request over the same connection', async () => {
  const client = await connectTo(local.url);
  client.send(requestHead(`POST ${PATH}`, { host: host(), 'content-length': String(6 * MB) }));
  client.send(SIX_MB);
  expect(await client.response('"Message":')).toContain('HTTP/1.1 403 ');
  client.send(`${await signedHead(local.url, { path: PATH, headers: DRY_RUN })}{}`);
  expect(await client.response('\r\n\r\n')).toContain('HTTP/1.1 204 ');
  client.destroy();
});

test('a rejected client that closes its connection after the request receives the response', async () => {
  const client = await connectTo(local.url);
  const headers = { host: host(), 'content-length': String(6 * MB), connection: 'close' };
  client.send(requestHead(`POST ${PATH}`, headers));
  client.send(SIX_MB);
  expect(await client.response('"Message":')).toContain('HTTP/1.1 403 ');
  await client.closed();
});

async function startEndpoint(limits: EndpointOptions['limits'] = {}) {
  const endpoint = new LocalEndpoint({ keys: LOCAL_KEYS, folders: [], ...LOCAL_RUNTIMES, limits });
  return { endpoint, url: await endpoint.listen() };
}

test.each<[string, EndpointOptions['limits'], string | Buffer]>([
  ['stops sending', { discardMs: 200 }, 'half'],
  ['sends too much', { discardBytes: 8 * MB, discardMs: 600_000 }, Buffer.alloc(9 * MB)],
])('the connection of a rejected client that %s is closed', async (_, limits, body) => {
  const { endpoint, url } = await startEndpoint(limits);
  const client = await connectTo(url);
  client.send(requestHead(`POST ${PATH}`, { host: new URL(url).host, 'content-length': String(99 * MB) }));
  expect(await client.response('"Message":')).toContain('HTTP/1.1 403 ');
  client.send(body);
  await client.closed();
  endpoint.close();
});

test('a changed body is rejected once it has arrived', async () => {
  for (const withoutBodyHash of [true, false]) {
    const head = await signedHead(local.url, { path: PATH, headers: DRY_RUN, withoutBodyHash });
    const client = await connectTo(local.url);
    client.send(`${head}{}`);
    expect(await client.response('\r\n\r\n')).toContain('HTTP/1.1 204 ');
    client.send(`${head}[]`);
    expect(await client.response('"Message":')).toContain('x-amzn-errortype: InvalidSignatureException');
    client.destroy();
  }
});

test('the hash of a body is used only if it is a signed header', async () => {
  const head = await signedHead(local.url, { path: PATH, headers: DRY_RUN, withoutBodyHash: true });
  const client = await connectTo(local.url);
  client.send(`${head.replace('\r\n\r\n', `\r\nx-amz-content-sha256: ${'0'.repeat(64)}\r\n\r\n`)}{}`);
  expect(await client.response('\r\n\r\n')).toContain('HTTP/1.1 204 ');
  client.destroy();
});

test('a body that arrives in many parts is complete', async () => {
  const body = JSON.stringify('x'.repeat(20_000));
  const client = await connectTo(local.url);
  client.send(await signedHead(local.url, { path: PATH, headers: DRY_RUN, body, isChunked: true }));
  client.send(Array.from(body, chunk).join('') + chunk(''));
  expect(await client.response('\r\n\r\n')).toContain('HTTP/1.1 204 ');
  client.send(await signedHead(local.url, { path: PATH, headers: DRY_RUN, body }));
  for (let start = 0; start < body.length; start += 5000) {
    client.send(body.slice(start, start + 5000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await client.response('\r\n\r\n')).toContain('HTTP/1.1 204 ');
  client.destroy();
});

test('a chunked body over the limit is rejected before its end', async () => {
  const headers = { 'x-amz-invocation-type': 'Event' };
  const client = await connectTo(local.url);
  client.send(await signedHead(local.url, { path: PATH, headers, isChunked: true }));
  client.send(chunk(' '.repeat(MB)));
  client.send(chunk('x'));
  expect(await client.response('"Message":')).toContain('HTTP/1.1 413 ');
  client.send(chunk('the rest') + chunk(''));
  client.send(`${await signedHead(local.url, { path: PATH, headers: DRY_RUN })}{}`);
  expect(await client.response('\r\n\r\n')).toContain('HTTP/1.1 204 ');
  client.destroy();
});

test('a client that expects 100-continue sends its body only if the request is accepted', async () => {
  const expectation = { expect: '100-continue' };
  const client = await connectTo(local.url);
  client.send(await signedHead(local.url, { path: PATH, headers: DRY_RUN, unsigned: expectation }));
  await client.response('HTTP/1.1 100 Continue\r\n\r\n');
  client.send('{}');
  expect(await client.response('\r\n\r\n')).toMatch(/^HTTP\/1.1 204 /);
  client.send(requestHead(`POST ${PATH}`, { host: host(), 'content-length': '2', ...expectation }));
  expect(await client.response('"Message":')).toMatch(/^HTTP\/1.1 403 /);
  client.destroy();
});

test('a closed endpoint has no timers for rejected clients', async () => {
  const { endpoint, url } = await startEndpoint();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const client = await connectTo(url);
    client.send(requestHead(`POST ${PATH}`, { host: new URL(url).host, 'content-length': '9' }));
    await client.response('"Message":');
    expect(vi.getTimerCount()).toBe(1);
    endpoint.close();
    await client.closed();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
