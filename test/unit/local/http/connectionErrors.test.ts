import { afterAll, beforeAll, expect, test } from 'vitest';
import { chunk, connectTo, invokePath, requestHead, signedHead, streamPath } from '../../../support/rawRequests.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const CODE = `const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.hello = async () => 'hello';
exports.waits = async () => { await sleep(300); return 'x'.repeat(1_000_000); };
exports.streams = awslambda.streamifyResponse(async (event, out) => {
  for (let count = 0; count < 30; count++) { out.write('x'.repeat(100_000)); await sleep(10); }
  out.end();
});`;

let local: TemporaryWorkspace;

beforeAll(async () => {
  const functions = {
    hello: { handler: 'index.hello' },
    waits: { handler: 'index.waits', timeout: 20 },
    streams: { handler: 'index.streams', timeout: 20 },
  };
  local = await startTemporaryWorkspace({ 'index.js': CODE }, functions);
});

afterAll(() => local.close());

const waits = { path: invokePath('waits') };
const unsigned = (length: number) =>
  requestHead(`POST ${waits.path}`, { host: new URL(local.url).host, 'content-length': String(length) });

// vitest fails if an error reaches the process.
test.each<[string, () => Promise<string> | string, string]>([
  ['connecting', () => '', ''],
  ['half of the headers', () => 'POST /2015-03-31/func', ''],
  ['half of the body', async () => `${await signedHead(local.url, waits)}{`, ''],
  ['half of a chunk', async () => `${await signedHead(local.url, { ...waits, isChunked: true })}9\r\nabc`, ''],
  ['a request', async () => `${await signedHead(local.url, waits)}{}`, ''],
  ['two requests at once', async () => `${await signedHead(local.url, waits)}{}`.repeat(2), ''],
  [
    'the first part of a stream',
    async () => `${await signedHead(local.url, { path: streamPath('streams') })}{}`,
    'xxx',
  ],
  ['a rejection', () => unsigned(9), '"Message":'],
  ['a rejection and more of its body', () => unsigned(900_000) + 'x'.repeat(100_000), '"Message":'],
])('a client that resets the connection after %s doesn’t affect others', async (_, text, response) => {
  const client = await connectTo(local.url);
  client.send(await text());
  await client.response(response);
  client.socket.resetAndDestroy();
  expect((await local.invoke('hello')).result).toBe('hello');
});

test.each<[string, () => Promise<string> | string]>([
  ['no HTTP', () => 'hello\r\n\r\n'],
  ['a header over 16 kB', () => requestHead('POST /', { host: 'x', long: 'x'.repeat(20_000) })],
  ['an invalid chunk', async () => `${await signedHead(local.url, { ...waits, isChunked: true })}${chunk('{}')}zz\r\n`],
  ['an invalid request after a valid one', async () => `${await signedHead(local.url, waits)}{}no HTTP\r\n\r\n`],
])('a client that sends %s is disconnected', async (_, text) => {
  const client = await connectTo(local.url);
  client.send(await text());
  await client.closed();
  expect(client.received()).toMatch(/^HTTP\/1.1 4(00|31) /);
  expect((await local.invoke('hello')).result).toBe('hello');
});
