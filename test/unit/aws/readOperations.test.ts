import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Aws } from '../../../src/core/connection/aws.ts';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';
import { BASE } from '../../support/invokeWith.ts';

let home: AwsHome;
let server: Server;
let respond: (socket: Socket) => void;
let requests: number;
const openSockets = new Set<Socket>();

beforeEach(async () => {
  home = await createAwsHome();
  await home.write({
    credentials: BASE,
    config:
      '[profile sso]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n' +
      '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n' +
      '[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n',
  });
  requests = 0;
  respond = () => undefined;
  server = createServer((socket) => {
    openSockets.add(socket);
    socket.on('close', () => openSockets.delete(socket)).on('error', () => undefined);
    socket.on('data', () => {
      requests++;
      respond(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  vi.useRealTimers();
  for (const socket of openSockets) socket.destroy();
  server.close();
  await home.remove();
});

const READ_MS = 200;

function createAws(readMs = READ_MS): Aws {
  const aws = home.createAws({ limits: { readMs } });
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return aws;
}

const target = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;
const input = { FunctionName: 'orders' };
const onPage = () => undefined;
const onPrompt = () => undefined;

const READS: readonly (readonly [string, (aws: Aws, signal: AbortSignal) => Promise<unknown>])[] = [
  ['the list of functions', (aws, signal) => aws.listFunctions(target, onPage, signal)],
  ['the function', (aws, signal) => aws.readFunction(target, input, signal)],
  ['aliases and versions', (aws, signal) => aws.listQualifiers(target, input, signal)],
  ['a stack', (aws, signal) => aws.listStackFunctions(target, 'app', signal)],
  ['the caller identity', (aws, signal) => aws.readIdentity(target, signal)],
  ['a role', (aws, signal) => aws.readIdentity({ ...target, profile: 'admin' }, signal)],
];

describe.each(READS)('%s', (_, read) => {
  test.each<[string, (socket: Socket) => void]>([
    ['never responds', () => undefined],
    ['stops in the headers', (socket) => socket.write('HTTP/1.1 200 OK\r\nx-')],
    ['stops in the body', (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{')],
  ])('times out if AWS %s, and leaves no open socket', async (_name, behave) => {
    respond = behave;
    const { reason } = await catchInvokeError(read(createAws(), new AbortController().signal));
    expect(reason).toEqual({ code: 'readLate', args: ['127.0.0.1', READ_MS / 1000] });
    await expect.poll(() => openSockets.size).toBe(0);
    expect(requests).toBeLessThanOrEqual(2); // two lists, or a function and its URL, are read concurrently
  });

  test('reports the status of an error whose body is never completed', async () => {
    respond = (socket) => socket.write('HTTP/1.1 403 Forbidden\r\ncontent-length: 9\r\n\r\n{');
    const { reason } = await catchInvokeError(read(createAws(1000), new AbortController().signal));
    expect(['readDeniedPlain', 'credentialsMissing']).toContain(reason.code);
    await expect.poll(() => openSockets.size).toBe(0);
  });

  test('fails if AWS switches protocols', async () => {
    respond = (socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: Upgrade\r\n\r\n');
    const { reason } = await catchInvokeError(read(createAws(30_000), new AbortController().signal));
    expect(['readFailed', 'credentialsMissing']).toContain(reason.code);
    await expect.poll(() => openSockets.size).toBe(0);
  });

  test('rejects immediately and closes its socket when the signal aborts', async () => {
    const abort = new AbortController();
    const stopped = catchInvokeError(read(createAws(60_000), abort.signal));
    await expect.poll(() => requests).toBeGreaterThan(0);
    abort.abort();
    expect((await stopped).reason.code).toBe('cancelledBeforeSending');
    await expect.poll(() => openSockets.size).toBe(0);
  });
});

test('a sign-in times out if the service never responds, and leaves no open socket', async () => {
  // Otherwise the time can end before the server, in this process, has read the request.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stopped = catchInvokeError(createAws().logIn('sso', { signal: new AbortController().signal, onPrompt }));
  await expect.poll(() => requests).toBe(1);
  await vi.advanceTimersByTimeAsync(READ_MS);
  expect((await stopped).reason.code).toBe('readLate');
  await expect.poll(() => openSockets.size).toBe(0);
  expect(requests).toBe(1);
});

test('reading an oversized response is aborted', async () => {
  const chunk = Buffer.alloc(1_048_576, 0x20);
  respond = (socket) => {
    if (requests > 1) return;
    socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n');
    const writeMore = () => {
      while (!socket.destroyed && socket.write(chunk));
      if (!socket.destroyed) socket.once('drain', writeMore);
    };
    writeMore();
  };
  const { reason } = await catchInvokeError(createAws(60_000).readIdentity(target, new AbortController().signal));
  expect(reason.code).toBe('readTooLarge');
  await expect.poll(() => openSockets.size).toBe(0);
});

test('waiting for credentials can be aborted', async () => {
  await home.write({ config: '[profile process]\ncredential_process = sleep 60\n' });
  const abort = new AbortController();
  const stopped = catchInvokeError(createAws().readFunction({ ...target, profile: 'process' }, input, abort.signal));
  setTimeout(() => abort.abort(), 50);
  expect((await stopped).reason.code).toBe('cancelledBeforeSending');
});
