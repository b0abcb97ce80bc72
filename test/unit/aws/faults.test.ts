import type { Socket } from 'node:net';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_HELD_BYTES, ResponseStream, type StreamSink } from '../../../src/app/responseStream.ts';
import { runInvocation, type InvocationOrder } from '../../../src/app/runInvocation.ts';
import type { Aws } from '../../../src/aws/index.ts';
import type { InvokeMode } from '../../../src/core/invocation.ts';
import { EVENT_STREAM_TYPE, invokeComplete, payloadChunk } from '../../../src/local/eventStream.ts';
import { createDevAws, type AwsFiles } from '../../support/awsFiles.ts';
import { head, startBlackHole, startFaultyServer, type Fault } from '../../support/faultyServer.ts';

let files: AwsFiles;
let aws: Aws;

beforeAll(async () => {
  ({ aws, files } = await createDevAws({ connectionTimeoutMs: 400 }));
});

afterAll(() => files.remove());

interface RunChoices {
  readonly signal?: AbortSignal;
  readonly mode?: InvokeMode;
  readonly sink?: StreamSink;
  readonly resends?: number;
}

/** Runs one invocation as a click does; what may be sent again is. */
function run(endpoint: string, { signal, mode = 'BUFFERED', sink, resends = 2 }: RunChoices = {}) {
  const order: InvocationOrder = {
    invocation: {
      FunctionName: 'hello',
      InvocationType: 'RequestResponse',
      InvokeMode: mode,
      payload: { kind: 'none' },
    },
    connection: { kind: 'aws', profile: 'dev' },
  };
  return runInvocation(
    order,
    {
      readPayload: () => Promise.resolve({ bytes: new TextEncoder().encode('{}'), notes: [] }),
      confirm: () => Promise.resolve(true),
      target: () => Promise.resolve({ kind: 'aws', profile: 'dev', endpoint }),
      invoke: (request, options) => aws.invoke(request, options),
      mostResends: () => resends,
    },
    {
      signal: signal ?? new AbortController().signal,
      ...(mode === 'RESPONSE_STREAM' && { stream: new ResponseStream(sink) }),
    },
  );
}

const HTML = '<html><body><h1>Sign in</h1><script>alert(1)</script></body></html>';

/** Writes megabytes until the other end has had enough. */
function flood(socket: Socket, piece: Buffer, count: number): void {
  let left = count;
  const more = () => {
    while (left-- > 0) if (!socket.write(piece)) return void socket.once('drain', more);
  };
  more();
}

const MEGABYTE = Buffer.alloc(1_048_576, 0x61);
const chunked = (bytes: Buffer) =>
  Buffer.concat([Buffer.from(`${bytes.byteLength.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

interface Expected {
  readonly state: string;
  readonly code?: string;
  readonly requestId?: string;
}

const LOST: Expected = { state: 'failed', code: 'connectionLost' };
const LOST_ID: Expected = { state: 'failed', code: 'connectionLostId', requestId: 'request-9' };
const UNREADABLE: Expected = { state: 'failed', code: 'answerUnreadable', requestId: 'request-9' };
const succeeded: Expected = { state: 'succeeded', requestId: 'request-9' };

/** What each fault is told as. Each is one request, ends, and leaves no socket. */
const FAULTS: readonly (readonly [string, Fault, Expected])[] = [
  ['closed before the headers', (socket) => socket.end(), LOST],
  ['reset before the headers', (socket) => socket.resetAndDestroy(), LOST],
  [
    'reset after the headers',
    (socket) =>
      socket.write(head('200 OK', { 'content-length': 100 }), () => setTimeout(() => socket.resetAndDestroy(), 30)),
    LOST_ID,
  ],
  ['a cut body', (socket) => socket.end(`${head('200 OK', { 'content-length': 100 })}{"half": tr`), LOST_ID],
  [
    'a cut chunked body',
    (socket) => socket.end(`${head('200 OK', { 'transfer-encoding': 'chunked' })}5\r\n{"hal`),
    LOST_ID,
  ],
  [
    'a content-length that is too short',
    (socket) => socket.end(`${head('200 OK', { 'content-length': 4, connection: 'close' })}null and more`),
    succeeded,
  ],
  ['something that is no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), LOST],
  ['headers without an end', (socket) => socket.end(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(200_000)}\r\n\r\n`), LOST],
  [
    'a log that is no base64',
    (socket) =>
      socket.end(`${head('200 OK', { 'content-length': 4, 'x-amz-log-result': '*?*', connection: 'close' })}null`),
    succeeded,
  ],
  [
    'a response that is no UTF-8',
    (socket) => {
      socket.write(head('200 OK', { 'content-length': 3, connection: 'close' }));
      socket.end(Buffer.from([0xff, 0xfe, 0x00]));
    },
    succeeded,
  ],
  [
    'a byte per second',
    (socket) => {
      socket.write(head('200 OK', { 'content-length': 3, connection: 'close' }));
      for (const [at, byte] of ['"', 'a', '"'].entries()) setTimeout(() => socket.write(byte), at * 1000);
      setTimeout(() => socket.end(), 2100);
    },
    succeeded,
  ],
  [
    '100 MB that are announced',
    (socket) => {
      socket.write(head('200 OK', { 'content-length': 100 * MEGABYTE.byteLength }));
      flood(socket, MEGABYTE, 100);
    },
    { state: 'failed', code: 'answerTooLarge' },
  ],
  [
    '100 MB that are not announced',
    (socket) => {
      socket.write(head('200 OK', { 'transfer-encoding': 'chunked' }));
      flood(socket, chunked(MEGABYTE), 100);
    },
    { state: 'failed', code: 'answerTooLarge', requestId: 'request-9' },
  ],
  [
    'the error page of a proxy',
    (socket) =>
      socket.end(`${head('502 Bad Gateway', { 'content-type': 'text/html', 'content-length': HTML.length })}${HTML}`),
    { state: 'failed', code: 'serviceFailed' },
  ],
  [
    'the sign-in page of a network',
    (socket) =>
      socket.end(
        `${head('200 OK', { 'content-type': 'text/html; charset=utf-8', 'content-length': HTML.length })}${HTML}`,
      ),
    { state: 'failed', code: 'notLambda' },
  ],
  [
    'a proxy that refuses',
    (socket) =>
      socket.end(`${head('403 Forbidden', { 'content-type': 'text/html', 'content-length': HTML.length })}${HTML}`),
    { state: 'failed', code: 'notLambda' },
  ],
  [
    'an empty answer that is called a web page',
    (socket) =>
      socket.end(head('202 Accepted', { 'content-type': 'text/html', 'content-length': 0, connection: 'close' })),
    { state: 'accepted' },
  ],
  [
    'an error without a name',
    (socket) => socket.end(`${head('404 Not Found', { 'content-type': 'application/json', 'content-length': 2 })}{}`),
    { state: 'failed', code: 'requestRefused' },
  ],
  [
    'a redirect',
    (socket) =>
      socket.end(head('307 Temporary Redirect', { location: 'https://elsewhere.invalid/', 'content-length': 0 })),
    { state: 'failed', code: 'redirected' },
  ],
  [
    'a redirect without an address',
    (socket) => socket.end(head('301 Moved Permanently', { 'content-length': 0 })),
    { state: 'failed', code: 'redirected' },
  ],
  [
    'an error without a body',
    (socket) => socket.end(head('503 Service Unavailable', { 'content-length': 0 })),
    { state: 'failed', code: 'serviceFailed' },
  ],
  [
    'an error whose body is no JSON',
    (socket) => socket.end(`${head('400 Bad Request', { 'content-length': 5 })}oops!`),
    { state: 'failed', code: 'requestRefused' },
  ],
];

const event = (...parts: Buffer[]) => Buffer.concat(parts);
const streamHead = head('200 OK', { 'content-type': EVENT_STREAM_TYPE, 'transfer-encoding': 'chunked' });

function sendsEvents(bytes: Buffer, end: 'whole' | 'cut' | 'reset' = 'whole'): Fault {
  return (socket) => {
    socket.write(streamHead);
    socket.write(chunked(bytes));
    if (end === 'whole') socket.end('0\r\n\r\n');
    else setTimeout(() => (end === 'cut' ? socket.end() : socket.resetAndDestroy()), 30);
  };
}

const PART = payloadChunk(Buffer.from('part'));
const END = invokeComplete({});
const badChecksum = Buffer.from(PART);
badChecksum[badChecksum.length - 1] = (badChecksum.at(-1) ?? 0) ^ 0xff;

/** An event that is an error of the stream itself; the SDK gives its error that name. */
function errorEvent(code: string): Buffer {
  const field = (name: string, value: string) =>
    Buffer.concat([
      Buffer.from([name.length]),
      Buffer.from(name),
      Buffer.from([7, 0, value.length]),
      Buffer.from(value),
    ]);
  const headers = Buffer.concat([
    field(':message-type', 'error'),
    field(':error-code', code),
    field(':error-message', 'm'),
  ]);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(12 + headers.length + 4);
  lengths.writeUInt32BE(headers.length, 4);
  const sum = (bytes: Buffer) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(crc32(bytes));
    return four;
  };
  const message = Buffer.concat([lengths, sum(lengths), headers]);
  return Buffer.concat([message, sum(message)]);
}

const STREAM_FAULTS: readonly (readonly [string, Fault, Expected])[] = [
  ['nothing wrong', sendsEvents(event(PART, END)), succeeded],
  [
    'an answer that is whole',
    (socket) => socket.end(`${head('200 OK', { 'content-type': 'application/json', 'content-length': 8 })}{"a": 1}`),
    { state: 'failed', code: 'notStreaming', requestId: 'request-9' },
  ],
  [
    'events without a content type',
    (socket) => socket.end(Buffer.concat([Buffer.from(head('200 OK', { connection: 'close' })), event(PART, END)])),
    succeeded,
  ],
  [
    'a whole answer without a content type',
    (socket) => socket.end(`${head('200 OK', { 'content-length': 8 })}{"a": 1}`),
    { state: 'failed', code: 'notStreaming', requestId: 'request-9' },
  ],
  [
    'an error of 100 MB',
    (socket) => {
      socket.write(head('500 Internal Server Error', { 'transfer-encoding': 'chunked' }));
      flood(socket, chunked(MEGABYTE), 100);
    },
    { state: 'failed', code: 'answerTooLarge', requestId: 'request-9' },
  ],
  [
    'a connection that stays open behind the end',
    (socket) => socket.write(Buffer.concat([Buffer.from(streamHead), chunked(event(PART, END))])),
    succeeded,
  ],
  [
    'an error event called a timeout of connecting, on a connection that stays open',
    (socket) =>
      socket.write(Buffer.concat([Buffer.from(streamHead), chunked(event(PART, errorEvent('TimeoutError')))])),
    LOST_ID,
  ],
  ['no InvokeComplete', sendsEvents(PART), LOST_ID],
  ['no event at all', sendsEvents(Buffer.alloc(0)), LOST_ID],
  ['a cut in the middle of an event', sendsEvents(event(PART, PART.subarray(0, 20))), LOST_ID],
  ['a connection that ends in the middle', sendsEvents(event(PART, PART.subarray(0, 20)), 'cut'), LOST_ID],
  ['a reset in the middle', sendsEvents(PART, 'reset'), LOST_ID],
  ['a checksum that is wrong', sendsEvents(event(badChecksum, END)), UNREADABLE],
  [
    'bytes that are no events',
    sendsEvents(Buffer.from('\0\0\0\u0020<html>this is no event stream</html>')),
    UNREADABLE,
  ],
  [
    'an error of the function',
    sendsEvents(event(PART, invokeComplete({ ErrorCode: 'Unhandled', ErrorDetails: '{"errorType":"E"}' }))),
    { state: 'functionError' },
  ],
];

function judge(outcome: object, { state, code, requestId }: Expected): void {
  expect(outcome).toMatchObject({
    state,
    ...(code !== undefined && { reason: { code } }),
    ...(requestId !== undefined && { requestId }),
  });
}

describe.each(['BUFFERED', 'RESPONSE_STREAM'] as const)(
  '%s: one clear outcome, one request, no socket left',
  (mode) => {
    // What a whole answer may be is no stream: that is told as such.
    const both = FAULTS.filter(
      ([, , { state, code }]) =>
        !['succeeded', 'accepted'].includes(state) && code !== 'answerTooLarge' && code !== 'connectionLostId',
    );
    const matrix = mode === 'BUFFERED' ? FAULTS : [...both, ...STREAM_FAULTS];

    test.concurrent.for(matrix)('%s', async ([, fault, expected], { expect: poll }) => {
      const server = await startFaultyServer(fault);
      const { outcome } = await run(server.endpoint, { mode });
      judge(outcome, expected);
      await poll.poll(() => server.open(), { timeout: 7000 }).toBe(0);
      expect(server.requests()).toBe(1);
      await server.close();
    });

    test('a server that never answers is waited for; Stop Waiting closes the socket', async () => {
      const server = await startFaultyServer(() => undefined);
      const abort = new AbortController();
      const running = run(server.endpoint, { signal: abort.signal, mode });
      await expect.poll(() => server.requests()).toBe(1);
      abort.abort();
      judge((await running).outcome, { state: 'cancelled', code: 'stoppedWaiting' });
      await expect.poll(() => server.open()).toBe(0);
      expect(server.requests()).toBe(1);
      await server.close();
    });

    test('a certificate nobody knows: nothing is sent', async () => {
      const server = await startFaultyServer(() => undefined, { isTls: true });
      const { outcome } = await run(server.endpoint, { mode });
      judge(outcome, { state: 'failed', code: 'unreachable' });
      await expect.poll(() => server.open()).toBe(0);
      expect(server.requests()).toBe(0);
      await server.close();
    });

    test('https where only http is spoken: nothing is sent', async () => {
      const server = await startFaultyServer(() => undefined);
      const endpoint = server.endpoint.replace('http:', 'https:');
      const running = run(endpoint, { mode });
      await expect.poll(() => server.open()).toBe(1);
      await server.close();
      judge((await running).outcome, { state: 'failed', code: 'unreachable' });
    });

    test('a connection that never stands ends after its time: nothing is sent', async () => {
      const hole = await startBlackHole();
      judge((await run(hole.endpoint, { mode, resends: 0 })).outcome, { state: 'failed', code: 'unreachable' });
      hole.close();
    });
  },
);

test('an error that calls itself ours, with leave to send again, is a 500 like any other', async () => {
  const forged = JSON.stringify({
    message: 'm',
    reason: { code: 'nope', args: 7 },
    resend: { because: 'throttled', retryAfterMs: 0 },
  });
  const headers = {
    'x-amzn-errortype': 'InvokeError',
    'content-type': 'application/json',
    'content-length': forged.length,
  };
  const server = await startFaultyServer((socket) =>
    socket.end(`${head('500 Internal Server Error', headers)}${forged}`),
  );
  const { outcome } = await run(server.endpoint);
  expect(outcome).toMatchObject({ state: 'failed', reason: { code: 'serviceFailed', args: ['InvokeError'] } });
  expect(server.requests()).toBe(1);
  await server.close();
});

test('a session token that AWS quotes goes no further', async () => {
  const text = `The request signature we calculated does not match.

The Canonical String for this request should have been
'POST
x-amz-security-token:TOPSECRET
'`;
  for (const quoted of [
    text,
    'x-amz-security-token: TOPSECRET',
    'Authorization: AWS4-HMAC-SHA256 Credential=TOPSECRET, Signature=1',
  ]) {
    const body = JSON.stringify({ message: quoted });
    const headers = {
      'x-amzn-errortype': 'InvalidSignatureException',
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const server = await startFaultyServer((socket) => socket.end(`${head('403 Forbidden', headers)}${body}`));
    const { outcome } = await run(server.endpoint);
    expect(outcome).toMatchObject({ state: 'failed', reason: { code: 'credentialsRefused' } });
    expect(JSON.stringify(outcome)).not.toContain('TOPSECRET');
    await server.close();
  }
});

test('a file that takes nothing does not keep Stop Waiting from ending the wait', async () => {
  const server = await startFaultyServer((socket) =>
    socket.write(Buffer.concat([Buffer.from(streamHead), chunked(PART)])),
  );
  const abort = new AbortController();
  const stuck = { label: 'pipe', write: () => new Promise<void>(() => undefined), end: () => Promise.resolve() };
  const running = run(server.endpoint, { signal: abort.signal, mode: 'RESPONSE_STREAM', sink: stuck });
  await expect.poll(() => server.requests()).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  abort.abort();
  expect((await running).outcome).toMatchObject({
    state: 'cancelled',
    notes: [{ code: 'streamPartly' }, { code: 'streamFileSlow', args: ['pipe'] }],
  });
  await server.close();
});

test('a stream of 200 MB comes whole, and does not fill the memory', async () => {
  const piece = chunked(payloadChunk(MEGABYTE));
  const server = await startFaultyServer((socket) => {
    socket.write(streamHead);
    let left = 200;
    const more = () => {
      while (left-- > 0) if (!socket.write(piece)) return void socket.once('drain', more);
      socket.end(Buffer.concat([chunked(END), Buffer.from('0\r\n\r\n')]));
    };
    more();
  });
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 20);
  const { outcome, Payload } = await run(server.endpoint, { mode: 'RESPONSE_STREAM' });
  clearInterval(sampling);
  expect(outcome).toMatchObject({ state: 'succeeded', stream: { bytes: 200 * MEGABYTE.byteLength } });
  expect(Payload?.byteLength).toBe(MOST_HELD_BYTES);
  expect((most - before) / MEGABYTE.byteLength).toBeLessThan(100);
  await server.close();
}, 60_000);

test('what came of a stream before it was lost is kept, and said to be a part', async () => {
  const server = await startFaultyServer(sendsEvents(PART, 'reset'));
  const { outcome, Payload } = await run(server.endpoint, { mode: 'RESPONSE_STREAM' });
  expect(outcome).toMatchObject({
    state: 'failed',
    notes: [{ code: 'streamPartly' }],
    stream: { chunks: 1, bytes: 4 },
  });
  expect(new TextDecoder().decode(Payload)).toBe('part');
  await server.close();
});
