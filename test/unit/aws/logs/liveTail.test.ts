import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_NETWORK } from '../../../../src/core/connection/networkSettings.ts';
import type { LiveTailUpdate } from '../../../../src/core/logs/logEvent.ts';
import { denies } from '../../../support/awsServices.ts';
import { catchInvokeError } from '../../../support/catchInvokeError.ts';
import { THROTTLED } from '../../../support/logsServer.ts';
import { GROUP, target, useLogs } from '../../../support/useLogs.ts';

const setup = useLogs();

const ARN = `arn:aws:logs:eu-west-1:123456789012:log-group:${GROUP}`;
const OPERATION = 'Logs_20140328.StartLiveTail';

let updates: LiveTailUpdate[];

beforeEach(() => {
  setup.logs.write(GROUP);
  updates = [];
});

afterEach(() => void vi.useRealTimers());

function follow(filterPattern?: string, aws = setup.aws): Promise<void> {
  const query = { logGroupArns: [ARN], ...(filterPattern !== undefined && { filterPattern }) };
  return aws.logs.startLiveTail(target, query, (update) => void updates.push(update), setup.abort.signal);
}

/** Follows until the session is open. */
async function openSession(filterPattern?: string) {
  const done = follow(filterPattern);
  await expect.poll(() => updates).toEqual([{ events: [], isSampled: false }]);
  updates.length = 0;
  const [session] = setup.logs.sessions;
  if (session === undefined) throw new Error('no session');
  return { done, session };
}

test('receives the events that are written during the session, with late ones', async () => {
  const { done, session } = await openSession('"4f0c"');
  setup.logs.write(
    GROUP,
    { message: 'now 4f0c', timestamp: 9, ingestionTime: 10, logStreamName: 's' },
    { message: 'other' },
  );
  setup.logs.write(GROUP, { message: 'late 4f0c', timestamp: 1, ingestionTime: 11, logStreamName: 's' });
  await expect.poll(() => updates.length).toBe(2);
  const place = { logGroup: GROUP, logStream: 's' };
  expect(updates).toEqual([
    { events: [{ ...place, message: 'now 4f0c', timestamp: 9, ingestionTime: 10 }], isSampled: false },
    { events: [{ ...place, message: 'late 4f0c', timestamp: 1, ingestionTime: 11 }], isSampled: false },
  ]);
  expect(session.input).toEqual({ logGroupIdentifiers: [ARN], logEventFilterPattern: '"4f0c"' });
  setup.abort.abort();
  await done;
});

test('marks an update that is a sample', async () => {
  await openSession();
  setup.logs.write(GROUP, ...Array.from({ length: 501 }, (_, at) => ({ message: `event ${at}` })));
  await expect.poll(() => updates.length).toBe(1);
  expect(updates[0]).toMatchObject({ isSampled: true });
  expect(updates[0]?.events).toHaveLength(500);
});

test('stays open for hours while CloudWatch Logs sends nothing', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  await openSession();
  await vi.advanceTimersByTimeAsync(3 * 3_600_000);
  setup.logs.write(GROUP, { message: 'hello' });
  await expect.poll(() => updates.length).toBe(1);
});

test('closes the connection when the signal aborts, and sends no further request', async () => {
  const { done, session } = await openSession();
  setup.abort.abort();
  await done;
  await expect.poll(session.isClosed).toBe(true);
  expect(setup.logs.requests).toHaveLength(1);
});

test('resolves at the end of the session, and starts no other', async () => {
  const { done, session } = await openSession();
  session.end('SessionTimeoutException');
  await done;
  await expect.poll(session.isClosed).toBe(true);
  expect(setup.logs.requests).toHaveLength(1);
});

test.each([
  ['an error in the stream', 'SessionStreamingException', 'SessionStreamingException'],
  ['the end of the stream', undefined, 'end of stream'],
])('reports %s', async (_, exception, detail) => {
  const { done, session } = await openSession();
  const failed = catchInvokeError(done);
  session.end(exception);
  expect((await failed).reason).toEqual({ code: 'liveTailEnded', args: [detail] });
  await expect.poll(session.isClosed).toBe(true);
  expect(setup.logs.requests).toHaveLength(1);
});

test('reports a lost connection, and sends no further request', async () => {
  const { done, session } = await openSession();
  const failed = catchInvokeError(done);
  session.drop();
  const { code, args } = (await failed).reason;
  expect([code, args.at(1)]).toEqual(['readFailed', setup.home.services.endpoint]);
  expect(setup.logs.requests).toHaveLength(1);
});

test.each([
  [
    'missing permission',
    { name: 'AccessDeniedException', message: '' },
    'readDenied',
    [`the log group ${GROUP}`, 'logs:StartLiveTail', `${ARN}:*`],
  ],
  ['missing log group', { name: 'ResourceNotFoundException' }, 'logGroupMissing', [GROUP, 'eu-west-1']],
  ['limit on sessions', { name: 'LimitExceededException' }, 'liveTailLimit', ['eu-west-1']],
  ['throttled request', THROTTLED, 'readThrottled', [`the log group ${GROUP}`]],
  [
    'failure of the service',
    { name: 'ServiceUnavailableException', status: 503 },
    'readRefused',
    [`the log group ${GROUP}`, 'ServiceUnavailableException: ServiceUnavailableException happened'],
  ],
])('reports a %s after one request', async (_, refusal, code, args) => {
  setup.logs.refuseNext(refusal);
  expect((await catchInvokeError(follow())).reason).toEqual({ code, args });
  expect(setup.logs.requests).toHaveLength(1);
});

test('reports rejected credentials after one request', async () => {
  setup.logs.expireKey('AKIABASE');
  expect((await catchInvokeError(follow())).reason.code).toBe('credentialsRefused');
  expect(setup.logs.requests).toHaveLength(1);
});

test('rejects a page of text, and an endpoint without Live Tail', async () => {
  const args = [setup.home.services.endpoint, 'StartLiveTail'];
  setup.home.services.answer(OPERATION, (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html></html>');
  });
  expect((await catchInvokeError(follow())).reason).toEqual({ code: 'logsUnsupported', args });
  setup.home.services.answer(OPERATION, denies(501, 'InternalFailure', 'not implemented'));
  expect((await catchInvokeError(follow())).reason).toEqual({ code: 'logsUnsupported', args });
});

test('uses a configured endpoint without a prefix', async () => {
  await openSession();
  expect(setup.home.services.requestsOf(OPERATION)[0]?.headers.host).toBe(new URL(setup.home.services.endpoint).host);
});

test('connects to the host of Live Tail at AWS', async () => {
  const lines: string[] = [];
  const proxy = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', (bytes: Buffer) => {
        lines.push(bytes.toString().split('\r\n', 1)[0] ?? '');
        socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const aws = setup.home.createAws({ network: () => ({ ...DEFAULT_NETWORK, proxy: url }) });
  delete process.env['AWS_ENDPOINT_URL'];
  await catchInvokeError(follow(undefined, aws));
  await catchInvokeError(
    aws.logs.filterLogEvents(target, { logGroup: GROUP, startTime: 0 }, () => undefined, setup.abort.signal),
  );
  proxy.close();
  const hosts = ['stream-logs.eu-west-1.amazonaws.com:443', 'logs.eu-west-1.amazonaws.com:443'];
  expect([lines[0], lines.at(-1)]).toEqual(hosts.map((host) => `CONNECT ${host} HTTP/1.1`));
});
