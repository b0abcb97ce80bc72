import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKnownFunctions } from '../../../src/core/functions/knownFunctions.ts';
import { MAX_BUFFERED_BYTES, ResponseStream, type StreamSink } from '../../../src/app/responseStream.ts';
import { runInvocation, type InvocationOrder } from '../../../src/app/runInvocation.ts';
import type { Aws } from '../../../src/core/connection/aws.ts';
import type { InvokeMode } from '../../../src/core/invocation/invocation.ts';
import { EVENT_STREAM_TYPE, payloadChunk } from '../../../src/local/http/eventStream.ts';
import { RESPONSE_FAULTS, ENCODED_TEXT, ENCODINGS } from '../../support/responseFaults.ts';
import { createDevAws, type AwsFiles } from '../../support/awsFiles.ts';
import {
  chunked,
  END,
  FAULTS,
  MEGABYTE,
  PART,
  sendsEvents,
  STREAM_FAULTS,
  streamHead,
  type Expected,
} from '../../support/faults.ts';
import { head, startBlackHole, startFaultyServer } from '../../support/faultyServer.ts';
import { NO_PROMPTS } from '../../support/noPrompts.ts';

let files: AwsFiles;
let aws: Aws;

beforeAll(async () => {
  ({ aws, files } = await createDevAws({ connectionTimeoutMs: 400, limits: { errorBodyMs: 300 } }));
});

afterAll(() => files.remove());

interface RunOptions {
  readonly signal?: AbortSignal;
  readonly mode?: InvokeMode;
  readonly sink?: StreamSink;
  readonly maxRetries?: number;
}

/** Runs one invocation as the Invoke button does, including safe retries. */
function run(endpoint: string, { signal, mode = 'BUFFERED', sink, maxRetries = 2 }: RunOptions = {}) {
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
      ...NO_PROMPTS,
      target: () => Promise.resolve({ kind: 'aws', profile: 'dev', endpoint }),
      invoke: (request, options) => aws.invoke(request, options),
      maxRetries: () => maxRetries,
      knownFunctions: createKnownFunctions(),
    },
    {
      signal: signal ?? new AbortController().signal,
      ...(mode === 'RESPONSE_STREAM' && { stream: new ResponseStream(sink) }),
    },
  );
}

function expectOutcome(outcome: object, { state, code, requestId }: Expected): void {
  expect(outcome).toMatchObject({
    state,
    ...(code !== undefined && { reason: { code } }),
    ...(requestId !== undefined && { requestId }),
  });
}

describe.each(['BUFFERED', 'RESPONSE_STREAM'] as const)(
  '%s: one clear outcome, one request, no open socket',
  (mode) => {
    // Faults whose outcome differs for a buffered response that isn't an event stream.
    const all = [...FAULTS, ...RESPONSE_FAULTS];
    const bufferedOnly = ['answerTooLarge', 'answerUnreadable', 'connectionLostId'];
    const both = all.filter(
      ([, , { state, code = '' }]) => !['succeeded', 'accepted'].includes(state) && !bufferedOnly.includes(code),
    );
    const matrix = mode === 'BUFFERED' ? all : [...both, ...STREAM_FAULTS];

    test.concurrent.for(matrix)('%s', async ([, fault, expected], { expect: poll }) => {
      const server = await startFaultyServer(fault);
      const { outcome } = await run(server.endpoint, { mode });
      expectOutcome(outcome, expected);
      await poll.poll(() => server.open()).toBe(0);
      expect(server.requests()).toBe(1);
      await server.close();
    });

    test('waiting for a silent server has no timeout; Stop Waiting closes the socket', async () => {
      const server = await startFaultyServer(() => undefined);
      const abort = new AbortController();
      const running = run(server.endpoint, { signal: abort.signal, mode });
      await expect.poll(() => server.requests()).toBe(1);
      abort.abort();
      expectOutcome((await running).outcome, { state: 'cancelled', code: 'stoppedWaiting' });
      await expect.poll(() => server.open()).toBe(0);
      expect(server.requests()).toBe(1);
      await server.close();
    });

    test('waiting for the rest of a body has no timeout; Stop Waiting closes the socket', async () => {
      const type = mode === 'BUFFERED' ? {} : { 'content-type': EVENT_STREAM_TYPE };
      const server = await startFaultyServer((socket) =>
        socket.write(`${head('200 OK', { ...type, 'content-length': 9 })}\0`),
      );
      const abort = new AbortController();
      const running = run(server.endpoint, { signal: abort.signal, mode });
      await expect.poll(() => server.requests()).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      abort.abort();
      expectOutcome((await running).outcome, { state: 'cancelled', code: 'stoppedWaiting', requestId: 'request-9' });
      await expect.poll(() => server.open()).toBe(0);
      await server.close();
    });

    test('stopping before the connection is established sends nothing', async () => {
      const hole = await startBlackHole();
      const abort = new AbortController();
      const running = run(hole.endpoint, { signal: abort.signal, mode });
      setTimeout(() => abort.abort(), 50);
      expectOutcome((await running).outcome, { state: 'cancelled', code: 'cancelledBeforeSending' });
      hole.close();
    });

    test('nothing is sent to a server with an untrusted certificate', async () => {
      const server = await startFaultyServer(() => undefined, { isTls: true });
      const { outcome } = await run(server.endpoint, { mode });
      expectOutcome(outcome, { state: 'failed', code: 'certificateRefused' });
      await expect.poll(() => server.open()).toBe(0);
      expect(server.requests()).toBe(0);
      await server.close();
    });

    test('nothing is sent over https to an http server', async () => {
      const server = await startFaultyServer(() => undefined);
      const endpoint = server.endpoint.replace('http:', 'https:');
      const running = run(endpoint, { mode });
      await expect.poll(() => server.open()).toBe(1);
      await server.close();
      expectOutcome((await running).outcome, { state: 'failed', code: 'unreachable' });
    });

    test('a connection timeout sends nothing', async () => {
      const hole = await startBlackHole();
      expectOutcome((await run(hole.endpoint, { mode, maxRetries: 0 })).outcome, {
        state: 'failed',
        code: 'unreachable',
      });
      hole.close();
    });
  },
);

test.concurrent.for(ENCODINGS)('a response encoded as %s is decoded', async ([, fault], { expect }) => {
  const server = await startFaultyServer(fault);
  const { outcome, Payload } = await run(server.endpoint);
  expect(outcome).toMatchObject({ state: 'succeeded', responseBytes: ENCODED_TEXT.length });
  expect(new TextDecoder().decode(Payload)).toBe(ENCODED_TEXT);
  await server.close();
});

test('a gzip-encoded event stream is decoded', async () => {
  const events = gzipSync(Buffer.concat([PART, END]));
  const headers = {
    'content-type': EVENT_STREAM_TYPE,
    'content-encoding': 'gzip',
    'content-length': events.byteLength,
  };
  const server = await startFaultyServer((socket) =>
    socket.end(Buffer.concat([Buffer.from(head('200 OK', headers)), events])),
  );
  const { outcome, Payload } = await run(server.endpoint, { mode: 'RESPONSE_STREAM' });
  expect(outcome).toMatchObject({ state: 'succeeded' });
  expect(new TextDecoder().decode(Payload)).toBe('part');
  await server.close();
});

test('a server error that imitates an InvokeError and allows a retry is treated as a plain 500', async () => {
  const forged = JSON.stringify({
    message: 'm',
    reason: { code: 'nope', args: 7 },
    resend: { reason: 'throttled', retryAfterMs: 0 },
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

test('a session token quoted by AWS is removed from the outcome', async () => {
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

test('Stop Waiting works while the output file blocks', async () => {
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

test('a 200 MB stream is received completely without filling the memory', async () => {
  const piece = chunked(payloadChunk(MEGABYTE));
  const server = await startFaultyServer((socket) => {
    socket.write(streamHead);
    let remaining = 200;
    const writeMore = () => {
      while (remaining-- > 0) if (!socket.write(piece)) return void socket.once('drain', writeMore);
      socket.end(Buffer.concat([chunked(END), Buffer.from('0\r\n\r\n')]));
    };
    writeMore();
  });
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().arrayBuffers)), 20);
  const { outcome, Payload } = await run(server.endpoint, { mode: 'RESPONSE_STREAM' });
  clearInterval(sampling);
  expect(outcome).toMatchObject({ state: 'succeeded', stream: { bytes: 200 * MEGABYTE.byteLength } });
  expect(Payload?.byteLength).toBe(MAX_BUFFERED_BYTES);
  expect((peak - before) / MEGABYTE.byteLength).toBeLessThan(100);
  await server.close();
}, 60_000);

test('the part of a stream received before the connection was lost is kept and marked as incomplete', async () => {
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
