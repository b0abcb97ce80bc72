import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DEBUGPY_TOKEN } from '../../../../src/core/functions/debugpyAddress.ts';
import { DapFrames, toFrame, toMessage } from '../../../../src/local/process/dapFrames.ts';
import { DebuggerRelay } from '../../../../src/local/process/debuggerRelay.ts';
import { connectDap } from '../../../support/dapClient.ts';

let relay: DebuggerRelay | undefined;

afterEach(() => relay?.end('The test has ended.'));

/** Connects as debugpy: proves itself with a token, sends an event, and answers each request with its name. */
async function connectFunction(token: string): Promise<{ readonly socket: Socket; readonly requests: string[] }> {
  const socket = connect(relay?.forFunction.port ?? 0, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const frames = new DapFrames(1_000_000);
  const requests: string[] = [];
  socket.write(toFrame({ type: 'event', seq: 1, event: 'early' }));
  socket.on('data', (bytes: Buffer) => {
    for (const { seq, command = '' } of frames.add(bytes).map(toMessage)) {
      requests.push(command);
      const body = command === 'pydevdAuthorize' ? { clientAccessToken: token } : { by: command };
      socket.write(toFrame({ type: 'response', seq, request_seq: seq, command, success: true, body }));
    }
  });
  return { socket, requests };
}

/** Unlike `once`, ignores errors before it. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

test('a function is accepted with its token only, and only one', async () => {
  relay = await DebuggerRelay.listen();
  const stranger = await connectFunction('a'.repeat(64));
  await once(stranger.socket, 'close');
  expect(stranger.requests).toEqual(['pydevdAuthorize']);
  const { requests } = await connectFunction(relay.forFunction.token);
  const { port, token } = await relay.forClient;
  expect(port).toBeGreaterThan(0);
  expect(token).not.toBe(relay.forFunction.token);
  expect(requests).toEqual(['pydevdAuthorize', 'initialize']);
  await expect(connectFunction(relay.forFunction.token)).rejects.toThrow('ECONNREFUSED');
});

test('nothing reaches the function before its client has attached, and everything afterwards', async () => {
  relay = await DebuggerRelay.listen();
  const { requests } = await connectFunction(relay.forFunction.token);
  const { port, token } = await relay.forClient;
  const stranger = await connectDap(port);
  await stranger.send('initialize');
  stranger.send('evaluate').catch(() => undefined);
  await stranger.closed;
  const client = await connectDap(port);
  expect((await client.send('initialize')).body).toEqual({ by: 'initialize' });
  expect(requests).toEqual(['pydevdAuthorize', 'initialize']);
  const early = client.event('early');
  await client.send('attach', { [DEBUGPY_TOKEN]: token });
  await early;
  expect((await client.send('threads')).body).toEqual({ by: 'threads' });
  expect(requests).toEqual(['pydevdAuthorize', 'initialize', 'initialize', 'attach', 'threads']);
  expect(client.all.filter(({ command }) => command === 'initialize')).toHaveLength(1);
});

test('a connection that sends no valid message is closed', async () => {
  relay = await DebuggerRelay.listen();
  await connectFunction(relay.forFunction.token);
  const { port } = await relay.forClient;
  for (const bytes of [
    'GET / HTTP/1.1\r\n\r\n',
    'Content-Length: 99999999999\r\n\r\n',
    'Content-Length: 2\r\n\r\n[]',
  ]) {
    const socket = connect(port, '127.0.0.1');
    socket.write(bytes);
    await once(socket, 'close');
    expect(socket.bytesRead).toBe(0);
  }
});

test('a connection that sends messages without a token is closed at a maximum size', async () => {
  relay = await DebuggerRelay.listen();
  const socket = connect(relay.forFunction.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  const closed = closeOf(socket);
  const frame = toFrame({ type: 'event', seq: 1, event: 'x'.repeat(100_000) });
  let sent = 0;
  while (sent < 100 && !socket.destroyed) {
    await new Promise((resolve) => socket.write(frame, resolve));
    sent++;
  }
  await closed;
  expect(sent).toBeLessThan(100);
});

test('a client that reads slowly receives everything in order, and one that leaves meanwhile ends debugging', async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error) => name === 'MaxListenersExceededWarning' && warnings.push(name);
  process.on('warning', onWarning);
  relay = await DebuggerRelay.listen();
  const { socket } = await connectFunction(relay.forFunction.token);
  const { port, token } = await relay.forClient;
  const client = await connectDap(port);
  await client.send('initialize');
  await client.send('attach', { [DEBUGPY_TOKEN]: token });
  client.pause();
  const count = 20_000;
  const event = (seq: number) => toFrame({ type: 'event', seq, event: 'output', body: { output: 'x'.repeat(1000) } });
  socket.write(Buffer.concat(Array.from({ length: count }, (_, seq) => event(seq))));
  await expect.poll(() => warnings.length > 0 || socket.writableLength > 0).toBe(true);
  client.resume();
  const received = () => client.all.filter(({ event: name }) => name === 'output').map(({ seq }) => seq);
  await expect.poll(() => received().length).toBe(count);
  expect(received()).toEqual(Array.from({ length: count }, (_, seq) => seq));
  expect(warnings).toEqual([]);
  process.off('warning', onWarning);
  const ended = closeOf(socket);
  client.pause();
  socket.write(Buffer.concat(Array.from({ length: count }, (_, seq) => event(seq))));
  client.close();
  await ended;
});

test('the end of the function before it has connected is reported', async () => {
  relay = await DebuggerRelay.listen();
  relay.end('It crashed.');
  await expect(relay.forClient).rejects.toThrow('It crashed.');
});
