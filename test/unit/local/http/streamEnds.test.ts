import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endWithError } from '../../../../src/local/http/endOfResponse.ts';
import { StreamResponse } from '../../../../src/local/http/streamResponse.ts';
import { InvocationLog } from '../../../../src/local/process/invocationLog.ts';
import { connectTo, signedHead, streamPath } from '../../../support/rawRequests.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const CODE = `const { writeFileSync } = require('node:fs');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const stream = (handler) => awslambda.streamifyResponse(handler);
exports.writesOn = stream(async (event, out) => {
  for (let count = 0; count < 20; count++) { out.write(Buffer.alloc(1_048_576)); await sleep(10); }
  writeFileSync('finished', '');
  out.end();
});
exports.begins = stream(async (event, out) => {
  out.write(process.pid + ' has begun');
  await sleep(20_000);
});`;

let local: TemporaryWorkspace;

beforeAll(async () => {
  const functions = {
    writesOn: { handler: 'index.writesOn', timeout: 60, memorySize: 512 },
    begins: { handler: 'index.begins', timeout: 30 },
  };
  local = await startTemporaryWorkspace({ 'index.js': CODE }, functions);
});

afterAll(() => local.close());

async function send(name: string) {
  const client = await connectTo(local.url);
  client.send(`${await signedHead(local.url, { path: streamPath(name) })}{}`);
  return client;
}

test('a function whose client disconnects in the middle of the stream finishes', async () => {
  const client = await send('writesOn');
  await client.response('PayloadChunk');
  client.destroy();
  await expect.poll(() => readFile(join(local.folder, 'finished'), 'utf8')).toBe('');
});

test('the stream of a function whose process is killed ends with an error, and the connection stays open', async () => {
  const client = await send('begins');
  /** Kills the process when its first output has arrived. */
  async function kill(): Promise<void> {
    const begun = await client.response(' has begun');
    const [, pid] = /(\d+) has begun/.exec(begun) ?? [];
    process.kill(Number(pid), 'SIGKILL');
  }
  await kill();
  const response = await client.response('\r\n0\r\n\r\n');
  expect(response).toContain('InvokeComplete');
  expect(response).toContain('"ErrorCode":"Unhandled"');
  expect(response).toContain('Runtime.ExitError');
  client.send(`${await signedHead(local.url, { path: streamPath('begins') })}{}`);
  await kill();
  await client.response('InvokeComplete');
  client.destroy();
});

describe('a response', () => {
  const result = {
    payload: Buffer.alloc(0),
    log: new InvocationLog({ requestId: 'r', version: '1', logging: { logFormat: 'Text' } }),
  };

  /** Connects to a server that responds like this to one request. */
  async function request(respond: (response: ServerResponse, stream: StreamResponse) => unknown) {
    const server = createServer((request, response) => {
      request.resume();
      server.close();
      void respond(response, new StreamResponse(response, {}));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = await connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    client.send('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    return client;
  }

  /** Everything that a client receives. */
  async function receive(respond: Parameters<typeof request>[0]): Promise<string> {
    const client = await request(respond);
    await client.closed();
    return client.received();
  }

  test('ignores output that arrives after its end', async () => {
    const received = await receive(async (_, stream) => {
      await stream.write(Buffer.from('before'));
      await stream.end(result, false);
      await stream.write(Buffer.from('after'));
    });
    expect(received).toContain('before');
    expect(received).toContain('InvokeComplete');
    expect(received).not.toContain('after');
  });

  test('doesn’t wait for a client that has disconnected', async () => {
    let hasWritten = false;
    const client = await request(async (_, stream) => {
      await stream.write(Buffer.alloc(30_000_000));
      hasWritten = true;
    });
    client.socket.once('data', () => client.destroy());
    await expect.poll(() => hasWritten).toBe(true);
  });

  test('ends with an error when the endpoint fails', async () => {
    const received = await receive(async (response, stream) => {
      await stream.write(Buffer.from('before'));
      endWithError(response, { error: new Error('no more processes'), isStreamed: true });
    });
    expect(received).toContain('InvokeComplete');
    expect(received).toContain('{"ErrorCode":"ServiceException","ErrorDetails":"no more processes"}');
    expect(received).toMatch(/\r\n0\r\n\r\n$/);
  });

  test.each([
    [false, /^HTTP\/1.1 500 .*"message":"broken"/s],
    [true, /^HTTP\/1.1 200 .*part$/s],
  ])('that is buffered ends with 500, or is cut off if it has begun (%s)', async (hasBegun, expected) => {
    const received = await receive((response) => {
      if (hasBegun) response.writeHead(200, { 'content-length': '99' }).write('part');
      setImmediate(endWithError, response, { error: new Error('broken'), isStreamed: false });
    });
    expect(received).toMatch(expected);
  });
});
