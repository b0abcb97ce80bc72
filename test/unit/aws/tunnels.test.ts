import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_NETWORK } from '../../../src/core/connection/networkSettings.ts';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';
import { BASE } from '../../support/invokeWith.ts';

let home: AwsHome;
let proxy: Server;
let respondToConnect: (socket: Socket) => void;
let requestLines: string[];
const openSockets = new Set<Socket>();

beforeEach(async () => {
  home = await createAwsHome();
  await home.write({ credentials: BASE });
  requestLines = [];
  proxy = createServer((socket) => {
    openSockets.add(socket);
    socket.on('close', () => openSockets.delete(socket)).on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => {
      const line = bytes.toString().split('\r\n', 1)[0] ?? '';
      // Another program may still connect to a previous server on this port.
      if (!/^(CONNECT|POST) /.test(line)) return void socket.destroy();
      requestLines.push(line);
      respondToConnect(socket);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const socket of openSockets) socket.destroy();
  proxy.close();
  await home.remove();
});

interface InvokeInput {
  readonly endpoint?: string;
  readonly signal?: AbortSignal;
  readonly connectionTimeoutMs?: number;
}

function invoke({
  endpoint = 'https://lambda.test',
  signal = new AbortController().signal,
  connectionTimeoutMs = 30_000,
}: InvokeInput = {}) {
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const aws = home.createAws({ connectionTimeoutMs, network: () => ({ ...DEFAULT_NETWORK, proxy: url }) });
  const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;
  return aws.invoke(request, { target: { kind: 'aws', profile: 'base', region: 'eu-west-1', endpoint }, signal });
}

const endless = (chunk: string) => (socket: Socket) => {
  const writeMore = () => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once('drain', writeMore);
  };
  writeMore();
};

describe('no socket stays open and nothing is sent if a proxy', () => {
  test.each<[string, (socket: Socket) => void, string]>([
    ['does not respond to CONNECT', () => undefined, 'unreachable'],
    ['sends incomplete headers', (socket) => socket.write('HTTP/1.1 200 Connection est'), 'unreachable'],
    ['sends headers that never end', endless('x-more: and more\r\n'), 'unreachable'],
    ['sends interim responses that never end', endless('HTTP/1.1 100 Continue\r\n\r\n'), 'unreachable'],
    ['closes the connection', (socket) => socket.end(), 'unreachable'],
    ['resets the connection', (socket) => socket.resetAndDestroy(), 'unreachable'],
    ['does not speak HTTP', (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'), 'unreachable'],
    [
      'refuses',
      (socket) => socket.write('HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\n<html>'),
      'proxyRefused',
    ],
    [
      'opens a tunnel that is silent during the TLS handshake',
      (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'),
      'unreachable',
    ],
    [
      'opens a tunnel that does not speak TLS',
      (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nhello there'),
      'unreachable',
    ],
    [
      'opens a tunnel and closes it',
      (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n', () => setTimeout(() => socket.end(), 20)),
      'unreachable',
    ],
  ])('%s', async (_, respond, code) => {
    respondToConnect = respond;
    const limit = code === 'unreachable' ? { connectionTimeoutMs: 300 } : {};
    expect((await catchInvokeError(invoke(limit))).reason.code).toBe(code);
    await expect.poll(() => openSockets.size).toBe(0);
    expect(requestLines).toEqual(['CONNECT lambda.test:443 HTTP/1.1']);
  });
});

test('IPv6 addresses are enclosed in brackets', async () => {
  respondToConnect = (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  expect((await catchInvokeError(invoke({ endpoint: 'https://[2001:db8::1]:8443' }))).reason.code).toBe('proxyRefused');
  expect(requestLines).toEqual(['CONNECT [2001:db8::1]:8443 HTTP/1.1']);
});

test.each<[string, (socket: Socket) => void]>([
  ['while waiting for the proxy', () => undefined],
  ['during the TLS handshake in the tunnel', (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n')],
])('stopping %s closes the socket, and nothing is sent', async (_, respond) => {
  respondToConnect = respond;
  const abort = new AbortController();
  const stopped = catchInvokeError(invoke({ signal: abort.signal }));
  await expect.poll(() => requestLines.length).toBe(1);
  abort.abort();
  expect((await stopped).reason.code).toBe('cancelledBeforeSending');
  await expect.poll(() => openSockets.size, { timeout: 10_000 }).toBe(0);
});

test('a request without TLS through a silent proxy has no timeout; stopping closes the socket', async () => {
  respondToConnect = () => undefined;
  const abort = new AbortController();
  const stopped = catchInvokeError(invoke({ endpoint: 'http://lambda.test:4566', signal: abort.signal }));
  await expect.poll(() => requestLines.length).toBe(1);
  expect(requestLines[0]).toMatch(/^POST http:\/\/lambda\.test:4566\/2015-03-31\/functions\/hello\/invocations HTTP/);
  abort.abort();
  expect((await stopped).reason.code).toBe('stoppedWaiting');
  await expect.poll(() => openSockets.size).toBe(0);
});
