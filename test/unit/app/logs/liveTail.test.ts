import { beforeEach, expect, test } from 'vitest';
import { followLive, type LiveTailEnd } from '../../../../src/app/logs/liveTail.ts';
import { GROUP, target, useLogs } from '../../../support/useLogs.ts';

const setup = useLogs();

const ARN = `arn:aws:logs:eu-west-1:123456789012:log-group:${GROUP}`;

let messages: string[];
let sampled: boolean[];
let reports: string[];
let startTime: number;

beforeEach(() => {
  setup.logs.write(GROUP);
  messages = [];
  sampled = [];
  reports = [];
  startTime = Date.now();
});

function follow(timing: Parameters<typeof followLive>[3]['timing'] = {}): Promise<LiveTailEnd> {
  return followLive(
    setup.aws.logs,
    { target, logs: [{ logGroup: GROUP, arn: ARN, startTime }] },
    {
      onStart: () => void reports.push('started'),
      onEvents: (events) => void messages.push(...events.map(({ message }) => message)),
      onSampled: (isSampled) => void sampled.push(isSampled),
      onGapProblem: ({ code }) => void reports.push(code),
    },
    { signal: setup.abort.signal, timing: { gapDelayMs: 0, ...timing } },
  );
}

const reads = () => setup.logs.requestsOf('FilterLogEvents').length;
const sessions = () => setup.logs.requestsOf('StartLiveTail').length;
const session = async () => {
  await expect.poll(() => setup.logs.sessions.length).toBe(1);
  const [first] = setup.logs.sessions;
  if (first === undefined) throw new Error('no session');
  return first;
};

test('shows what was logged between the click and the start of the session, with one read, and then each event once', async () => {
  setup.logs.write(GROUP, { message: 'before the click', timestamp: startTime - 1 }, { message: 'before the session' });
  void follow();
  await expect.poll(() => messages).toEqual(['before the session']);
  setup.logs.write(GROUP, { message: 'live' });
  await expect.poll(() => messages).toEqual(['before the session', 'live']);
  expect([reads(), sessions(), reports]).toEqual([1, 1, ['started']]);
});

test('shows an event once that the session and the read of the gap both return, in any order', async () => {
  const now = Date.now();
  const same = { message: 'twice in the same millisecond', timestamp: now };
  let hasRead = false;
  setup.logs.beforePage = () => {
    // While the read is under way, the session has started.
    if (!hasRead) setup.logs.write(GROUP, same, same, { message: 'both' });
    hasRead = true;
  };
  void follow();
  await expect.poll(() => messages).toHaveLength(3);
  setup.logs.write(GROUP, { message: 'last' });
  await expect.poll(() => messages.at(-1)).toBe('last');
  expect(messages).toEqual([same.message, same.message, 'both', 'last']);
});

test('shows live events although the gap cannot be read, and reports the reason', async () => {
  setup.logs.refuseNext(undefined, { name: 'AccessDeniedException' });
  void follow();
  await session();
  setup.logs.write(GROUP, { message: 'live' });
  await expect.poll(() => messages).toEqual(['live']);
  expect(reports).toEqual(['started', 'readDenied']);
});

test('shows live events although reading the gap takes too long, and reports the reason', async () => {
  setup.home.services.answer('Logs_20140328.FilterLogEvents', () => undefined);
  void follow({ gapMs: 50 });
  await session();
  setup.logs.write(GROUP, { message: 'live' });
  await expect.poll(() => messages).toEqual(['live']);
  expect(reports).toEqual(['started', 'readLate']);
});

test('shows events in order although the listener takes time, and ends the session if it fails', async () => {
  const shown: string[] = [];
  const end = followLive(
    setup.aws.logs,
    { target, logs: [{ logGroup: GROUP, arn: ARN, startTime }] },
    {
      onStart: () => undefined,
      async onEvents(events) {
        for (const { message } of events) {
          await new Promise(setImmediate);
          if (message === 'last') throw new Error('closed');
          shown.push(message);
        }
      },
      onSampled: () => undefined,
      onGapProblem: () => undefined,
    },
    { signal: setup.abort.signal, timing: { gapDelayMs: 0 } },
  );
  await session();
  await expect.poll(reads).toBe(1);
  setup.logs.write(GROUP, ...['a', 'b', 'c'].map((message) => ({ message })));
  setup.logs.write(GROUP, { message: 'd' });
  await expect.poll(() => shown).toEqual(['a', 'b', 'c', 'd']);
  setup.logs.write(GROUP, { message: 'last' });
  expect(await end).toEqual({ kind: 'ended', reason: { code: 'unexpected', args: ['closed'] } });
});

test('reports when CloudWatch Logs returns a sample', async () => {
  void follow();
  await session();
  await expect.poll(reads).toBe(1);
  setup.logs.write(GROUP, ...Array.from({ length: 600 }, (_, at) => ({ message: `event ${at}` })));
  await expect.poll(() => sampled.at(-1)).toBe(true);
  setup.logs.write(GROUP, { message: 'calm' });
  await expect.poll(() => sampled.at(-1)).toBe(false);
  expect(messages.at(-1)).toBe('calm');
});

test.each([
  'AccessDeniedException',
  'InvalidOperationException',
  'LimitExceededException',
  'UnknownOperationException',
])('ends as refused with %s, without another request', async (name) => {
  setup.logs.refuseNext({ name });
  const end = await follow();
  expect(end).toMatchObject({ kind: 'refused' });
  expect([sessions(), reads(), reports]).toEqual([1, 0, []]);
});

test('ends as refused if the session does not start in time', async () => {
  setup.home.services.answer('Logs_20140328.StartLiveTail', () => undefined);
  expect(await follow({ startMs: 50 })).toEqual({
    kind: 'refused',
    reason: { code: 'liveTailSilent', args: [0.05] },
  });
});

test('ends after its maximum time, which is an hour, and closes the session', async () => {
  const end = follow({ maxMs: 300 });
  const { isClosed } = await session();
  expect(await end).toEqual({ kind: 'ended', reason: { code: 'liveTailHour', args: [] } });
  await expect.poll(isClosed).toBe(true);
  expect(sessions()).toBe(1);
});

test('reports the end of a session, and starts no other', async () => {
  const end = follow();
  (await session()).end('SessionTimeoutException');
  expect(await end).toMatchObject({ kind: 'ended', reason: { code: 'liveTailClosed' } });
  expect(sessions()).toBe(1);
});

test('reports a lost connection, and starts no other session', async () => {
  const end = follow();
  const opened = await session();
  await expect.poll(reads).toBe(1);
  opened.drop();
  expect(await end).toMatchObject({ kind: 'ended', reason: { code: 'readFailed' } });
  expect(sessions()).toBe(1);
});

test('closes the session at once when it is stopped, and shows nothing afterwards', async () => {
  const end = follow();
  const { isClosed } = await session();
  await expect.poll(reads).toBe(1);
  setup.abort.abort();
  setup.logs.write(GROUP, { message: 'too late' });
  expect(await end).toEqual({ kind: 'stopped' });
  await expect.poll(isClosed).toBe(true);
  expect([sessions(), reads(), messages]).toEqual([1, 1, []]);
});
