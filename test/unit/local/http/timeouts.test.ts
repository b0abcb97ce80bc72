import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EndpointOptions } from '../../../../src/local/http/localEndpoint.ts';
import { connectTo, invokePath, signedHead, streamPath } from '../../../support/rawRequests.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

/** More than half of the memory for bodies. */
const BODY = JSON.stringify({ ms: 0, padding: 'x'.repeat(600_000) });

const CODE = `const { once } = require('node:events');
exports.sleeps = async ({ ms }) => { await new Promise((resolve) => setTimeout(resolve, ms)); return 'slept'; };
exports.large = async () => 'x'.repeat(6_000_000);
exports.floods = awslambda.streamifyResponse(async (event, out) => {
  for (;;) if (!out.write(Buffer.alloc(1_048_576))) await once(out, 'drain');
});`;

const FUNCTIONS = {
  sleeps: { handler: 'index.sleeps', timeout: 30 },
  large: { handler: 'index.large', timeout: 30, memorySize: 512 },
  floods: { handler: 'index.floods', timeout: 1, memorySize: 512 },
};

/** Headers must arrive soon. */
let hasty: TemporaryWorkspace;
/** Requests must arrive soon, and their responses must be read soon. */
let impatient: TemporaryWorkspace;
/** Responses must be read soon. */
let local: TemporaryWorkspace;

beforeAll(async () => {
  const start = (limits: EndpointOptions['limits'] = {}) =>
    startTemporaryWorkspace({ 'index.js': CODE }, FUNCTIONS, { limits });
  hasty = await start({ headersMs: 200, checkMs: 50 });
  impatient = await start({ headersMs: 400, requestMs: 400, checkMs: 50, readingMs: 300 });
  local = await start({ readingMs: 300, bodyBytes: 1_000_000 });
});

afterAll(() => Promise.all([hasty.close(), impatient.close(), local.close()]));

const sleeps = { path: invokePath('sleeps') };

/** Whether the memory of a large body is available, which is released when the connection of its request is closed. */
async function hasMemory(): Promise<boolean> {
  const { StatusCode } = await local.invoke('sleeps', 'x'.repeat(600_000), { InvocationType: 'DryRun' });
  return StatusCode === 204;
}

/** Sends a large request, and reads nothing of its response after the first bytes. */
async function startReading(path: string) {
  const client = await connectTo(local.url);
  client.socket.once('data', () => client.socket.pause());
  client.send((await signedHead(local.url, { path, body: BODY })) + BODY);
  await client.response('HTTP/1.1 200 ');
  expect(await hasMemory()).toBe(false);
  return client;
}

/** A client that sends only part of a request. */
async function sendPart(url: string, part: string): Promise<string> {
  const client = await connectTo(url);
  client.send(part);
  await client.closed();
  return client.received();
}

test('a connection whose headers don’t arrive in time is closed', async () => {
  for (const part of ['', 'POST / HTTP/1.1\r\nhost: '])
    expect(await sendPart(hasty.url, part)).toMatch(/^HTTP\/1.1 408 /);
});

test('a connection whose body doesn’t arrive in time is closed', async () => {
  const head = await signedHead(impatient.url, sleeps);
  for (const part of [head, `${head}{`]) expect(await sendPart(impatient.url, part)).toMatch(/^HTTP\/1.1 408 /);
});

test('a function may run for longer than its request may take to arrive and its response to be read', async () => {
  const body = '{"ms":1500}';
  const client = await connectTo(impatient.url);
  for (let call = 1; call <= 2; call++) {
    client.send((await signedHead(impatient.url, { ...sleeps, body })) + body);
    expect(await client.response('"slept"')).toMatch(/^HTTP\/1.1 200 /);
  }
  client.destroy();
});

test('the connection of a client that doesn’t read its response is closed', async () => {
  const client = await startReading(invokePath('large'));
  await expect.poll(hasMemory).toBe(true);
  client.socket.resume();
  await client.closed();
  expect(client.received().length).toBeLessThan(6_000_000);
});

test('the connection of a client that stops reading a stream is closed after the function’s timeout', async () => {
  const client = await startReading(streamPath('floods'));
  await expect.poll(hasMemory).toBe(true);
  client.socket.resume();
  await client.closed();
  expect(client.received()).not.toContain('InvokeComplete');
  expect((await local.invoke('sleeps', { ms: 0 })).result).toBe('slept');
});
