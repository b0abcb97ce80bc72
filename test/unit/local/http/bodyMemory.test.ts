import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chunk, connectTo, invokePath, requestHead, signedHead, streamPath } from '../../../support/rawRequests.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const MEMORY = 1_000_000;
/** More than half of the memory. */
const BODY = JSON.stringify('x'.repeat(600_000));

const CODE = `const { appendFileSync } = require('node:fs');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.waits = async () => {
  appendFileSync('started', 'x');
  await sleep(60_000);
};
exports.streams = awslambda.streamifyResponse(async (event, out) => {
  for (;;) { out.write('x'.repeat(1000)); await sleep(10); }
});`;

let local: TemporaryWorkspace;

beforeAll(async () => {
  const functions = {
    waits: { handler: 'index.waits', timeout: 60 },
    streams: { handler: 'index.streams', timeout: 60 },
  };
  local = await startTemporaryWorkspace({ 'index.js': CODE }, functions, { limits: { bodyBytes: MEMORY } });
});

afterAll(() => local.close());

const DRY_RUN = { 'x-amz-invocation-type': 'DryRun' };
const large = { path: invokePath('waits'), body: BODY };

/** The status of a large request that a dry run sends, and its error. */
async function sendLarge(options: Partial<Parameters<typeof signedHead>[1]> = {}) {
  const client = await connectTo(local.url);
  client.send(await signedHead(local.url, { ...large, headers: DRY_RUN, ...options }));
  client.send(
    options.isChunked === true ? chunk(BODY.slice(0, 400_000)) + chunk(BODY.slice(400_000)) + chunk('') : BODY,
  );
  const response = await client.response('\r\n\r\n');
  client.destroy();
  return response;
}

const accepted = async () => (await sendLarge()).startsWith('HTTP/1.1 204 ');

/** Waits until memory is available, and proves that before it wasn't. */
async function expectRelease(release: () => unknown): Promise<void> {
  expect(await accepted()).toBe(false);
  await release();
  await expect.poll(accepted).toBe(true);
}

/** A client that has memory for a body that it doesn't send completely. */
async function startSending(isChunked: boolean) {
  for (;;) {
    const client = await connectTo(local.url);
    client.send(await signedHead(local.url, { ...large, isChunked }));
    client.send(isChunked ? chunk(BODY) : 'half');
    if (!(await accepted())) return client;
    client.destroy(); // the request of `accepted` was faster
  }
}

/** How many runs of `waits` have started. */
const starts = async () => (await readFile(join(local.folder, 'started'), 'utf8').catch(() => '')).length;

/** Sends a large request to a function. */
async function sendTo(path: string) {
  const client = await connectTo(local.url);
  client.send((await signedHead(local.url, { ...large, path })) + BODY);
  return client;
}

/** Sends a large request to a function that runs for a minute. */
async function startWaiting() {
  const before = await starts();
  const client = await sendTo(large.path);
  await expect.poll(starts).toBe(before + 1);
  return client;
}

test('a request without memory for its body is rejected with 429', async () => {
  const client = await startWaiting();
  for (const isChunked of [false, true]) {
    const response = await sendLarge({ isChunked });
    expect(response).toMatch(/^HTTP\/1.1 429 /);
    expect(response).toContain('x-amzn-errortype: TooManyRequestsException\r\n');
    expect(response).toContain('retry-after: 1\r\n');
  }
  const { exception, StatusCode } = await local.invoke('waits', 'x'.repeat(600_000), { InvocationType: 'DryRun' });
  expect([StatusCode, exception?.name]).toEqual([429, 'TooManyRequestsException']);
  expect((await local.invoke('waits', {}, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
  await expectRelease(client.destroy);
});

test('memory is available again when a client disconnects while it sends its body', async () => {
  for (const isChunked of [false, true]) {
    const client = await startSending(isChunked);
    await expectRelease(client.destroy);
  }
});

test('memory is available again when a client disconnects while its function streams', async () => {
  const client = await sendTo(streamPath('streams'));
  await client.response('PayloadChunk');
  await expectRelease(client.destroy);
});

test('memory is available again when a chunked body is rejected', async () => {
  for (let count = 0; count < 5; count++)
    expect(await sendLarge({ isChunked: true, withoutBodyHash: true, body: 'another' })).toContain('HTTP/1.1 403 ');
  expect(await accepted()).toBe(true);
});

test('requests without a valid signature get no memory', async () => {
  const clients = await Promise.all(Array.from({ length: 4 }, () => connectTo(local.url)));
  const headers = { host: new URL(local.url).host, 'content-length': String(MEMORY) };
  for (const client of clients) client.send(requestHead(`POST ${large.path}`, headers));
  for (const client of clients) expect(await client.response('"Message":')).toMatch(/^HTTP\/1.1 403 /);
  expect(await accepted()).toBe(true);
  for (const client of clients) client.destroy();
});

test('memory is available again when a client disconnects that has sent two requests at once', async () => {
  const before = await starts();
  const client = await connectTo(local.url);
  client.send(`${await signedHead(local.url, { path: large.path })}{}`);
  client.send((await signedHead(local.url, large)) + BODY);
  await expect.poll(starts).toBe(before + 2);
  await expectRelease(client.destroy);
});
