import { beforeEach, expect, test } from 'vitest';
import { followLogs, type FollowTiming } from '../../../../src/app/logs/followLogs.ts';
import type { LogEvent } from '../../../../src/core/logs/logEvent.ts';
import type { Message } from '../../../../src/core/messages/messages.ts';
import { catchInvokeError } from '../../../support/catchInvokeError.ts';
import { BASE } from '../../../support/invokeWith.ts';
import { THROTTLED } from '../../../support/logsServer.ts';
import { GROUP, target, useLogs } from '../../../support/useLogs.ts';

const setup = useLogs();

const OTHER = '/aws/lambda/billing';
const TIMING = { pollMs: 10, idlePollMs: 20, maxRetryMs: 40, overlapEveryMs: 30 };

let events: LogEvent[];
let problems: (Message['code'] | undefined)[];
let startTime: number;

beforeEach(() => {
  setup.logs.write(GROUP);
  events = [];
  problems = [];
  startTime = Date.now();
});

function follow(timing: Partial<FollowTiming> = {}, groups = [GROUP]): Promise<void> {
  return followLogs(
    setup.aws.logs,
    groups.map((logGroup) => ({ target, logGroup, startTime })),
    {
      onEvents: (added) => void events.push(...added),
      onProblem: (problem) => {
        if (problems.at(-1) !== problem?.code) problems.push(problem?.code);
      },
    },
    { signal: setup.abort.signal, timing: { ...TIMING, ...timing } },
  );
}

const messages = () => events.map(({ message }) => message);
const reads = () => setup.logs.requestsOf('FilterLogEvents').length;
/** Waits for several more reads, in which a repeated event would be shown. */
async function moreReads(count = 5): Promise<void> {
  const now = reads();
  await expect.poll(reads).toBeGreaterThanOrEqual(now + count);
}
/** Waits while a log that isn't stopped would be read again. Returns the number of reads before. */
async function otherRead(): Promise<number> {
  const before = reads();
  for (let times = 0; times < 3; times++)
    await setup.aws.logs.filterLogEvents(
      target,
      { logGroup: GROUP, startTime },
      () => undefined,
      new AbortController().signal,
    );
  return before;
}
const numbered = (count: number, prefix = 'event') => Array.from({ length: count }, (_, at) => `${prefix} ${at}`);

test('shows each event once, however often its time is read again', async () => {
  void follow();
  setup.logs.write(GROUP, { message: 'one' }, { message: 'two' });
  await expect.poll(messages).toEqual(['one', 'two']);
  await moreReads();
  setup.logs.write(GROUP, { message: 'three' });
  await expect.poll(messages).toEqual(['one', 'two', 'three']);
  await moreReads();
  expect(messages()).toEqual(['one', 'two', 'three']);
});

test('shows events from before its start only if they are within the start time', async () => {
  setup.logs.write(GROUP, { message: 'before', timestamp: startTime - 1 }, { message: 'since', timestamp: startTime });
  void follow();
  await moreReads();
  expect(messages()).toEqual(['since']);
});

test('shows late events, which arrive after newer ones', async () => {
  startTime -= 400_000;
  void follow();
  const now = Date.now();
  setup.logs.write(GROUP, { message: 'newest', timestamp: now });
  await expect.poll(messages).toEqual(['newest']);
  await moreReads();
  setup.logs.write(
    GROUP,
    { message: '19 s late', timestamp: now - 19_000 },
    { message: '290 s', timestamp: now - 290_000 },
  );
  await expect.poll(messages).toHaveLength(3);
  await moreReads(10);
  expect(messages().toSorted()).toEqual(['19 s late', '290 s', 'newest']);
});

test('an event whose time is in the future hides no later ones', async () => {
  void follow();
  setup.logs.write(GROUP, { message: 'future', timestamp: Date.now() + 7_000_000 });
  await expect.poll(messages).toEqual(['future']);
  await moreReads();
  setup.logs.write(GROUP, { message: 'now' });
  await expect.poll(messages).toEqual(['future', 'now']);
  await moreReads();
  expect(messages()).toEqual(['future', 'now']);
});

test('two events with the same text and time are both shown', async () => {
  void follow();
  const same = { message: 'same', timestamp: Date.now() };
  setup.logs.write(GROUP, same, same);
  await expect.poll(messages).toEqual(['same', 'same']);
});

test('follows several log groups', async () => {
  setup.logs.write(OTHER);
  void follow({}, [GROUP, OTHER]);
  setup.logs.write(GROUP, { message: 'order' });
  setup.logs.write(OTHER, { message: 'bill' });
  await expect.poll(() => messages().toSorted()).toEqual(['bill', 'order']);
  expect(new Set(events.map(({ logGroup }) => logGroup))).toEqual(new Set([GROUP, OTHER]));
});

test('reads empty pages until the one with events', async () => {
  setup.logs.pages.empty = 3;
  void follow();
  setup.logs.write(GROUP, { message: 'behind empty pages' });
  await expect.poll(messages).toEqual(['behind empty pages']);
});

test('100,000 events are shown once, with late ones between them and a lost page', { timeout: 120_000 }, async () => {
  const count = 100_000;
  startTime -= 120_000;
  const texts = numbered(count);
  setup.logs.write(GROUP, ...texts.map((message, at) => ({ message, timestamp: startTime + at })));
  setup.logs.repeatsEvents = true;
  setup.logs.beforePage = (page) => {
    if (page !== 5) return;
    setup.logs.beforePage = () => undefined;
    setup.logs.write(GROUP, { message: 'late', timestamp: startTime + 10 });
    setup.logs.refuseNext(...Array.from({ length: 6 }, () => ({ name: 'ServiceUnavailable', status: 503 })));
  };
  void follow();
  await expect.poll(() => events.length, { timeout: 60_000 }).toBe(count + 1);
  await moreReads(12);
  expect(events).toHaveLength(count + 1);
  expect(new Set(messages())).toEqual(new Set([...texts, 'late']));
});

test('remembers a bounded number of events, and shows none of them twice', async () => {
  startTime -= 10_000;
  const texts = numbered(5000);
  setup.logs.write(GROUP, ...texts.map((message, at) => ({ message, timestamp: startTime + at })));
  void follow({ maxIds: 1000 });
  await expect.poll(() => events.length).toBe(5000);
  await moreReads(10);
  setup.logs.write(GROUP, { message: 'after' });
  await expect.poll(() => messages().at(-1)).toBe('after');
  await moreReads();
  expect(messages()).toEqual([...texts, 'after']);
});

test('reads less often while there are no events', async () => {
  void follow({ idlePollMs: 160 });
  await moreReads(12);
  const times = setup.logs.requestsOf('FilterLogEvents').map(({ at }) => at);
  const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(pauses.at(-1)).toBeGreaterThan(120);
  setup.logs.write(GROUP, { message: 'wakes up' });
  await expect.poll(messages).toEqual(['wakes up']);
});

test('reports throttling, and continues after it', async () => {
  setup.logs.refuseNext(...Array.from({ length: 6 }, () => THROTTLED));
  void follow();
  setup.logs.write(GROUP, { message: 'after the throttling' });
  await expect.poll(messages, { timeout: 60_000 }).toEqual(['after the throttling']);
  await expect.poll(() => problems).toEqual(['readThrottled', undefined]);
}, 90_000);

test('waits for a log group that does not exist yet', async () => {
  void follow({}, ['/aws/lambda/new']);
  await expect.poll(() => problems).toEqual(['logGroupMissing']);
  setup.logs.write('/aws/lambda/new', { message: 'first line' });
  await expect.poll(messages).toEqual(['first line']);
  expect(problems).toEqual(['logGroupMissing', undefined]);
});

test('continues with renewed credentials after they expire', async () => {
  void follow();
  setup.logs.write(GROUP, { message: 'before' });
  await expect.poll(messages).toEqual(['before']);
  await setup.home.write({ credentials: BASE.replaceAll('AKIA', 'ASIA') });
  setup.logs.expireKey(setup.logs.requests[0]?.accessKeyId ?? '');
  setup.logs.write(GROUP, { message: 'after' });
  await expect.poll(messages).toEqual(['before', 'after']);
  expect(problems).toEqual([]);
});

test('stops with a message if the expired credentials are not renewed', async () => {
  const failed = catchInvokeError(follow({}, [GROUP]));
  await moreReads();
  setup.logs.expireKey(setup.logs.requests[0]?.accessKeyId ?? '');
  expect((await failed).reason.code).toBe('credentialsRefused');
});

test('stops all logs if one of them may not be read', async () => {
  setup.logs.write(OTHER);
  setup.logs.refuseNext(undefined, { name: 'AccessDeniedException' });
  const failed = catchInvokeError(follow({}, [GROUP, OTHER]));
  expect((await failed).reason).toMatchObject({ code: 'readDenied' });
  setup.logs.write(GROUP, { message: 'unread' });
  const before = await otherRead();
  expect(reads()).toBe(before + 3);
  expect(messages()).toEqual([]);
});

test('sends no request and shows nothing after it is stopped, also between the pages of a read', async () => {
  startTime -= 10_000;
  setup.logs.pages.size = 10;
  setup.logs.write(GROUP, ...numbered(100).map((message, at) => ({ message, timestamp: startTime + at })));
  setup.logs.beforePage = (page) => {
    if (page === 3) setup.abort.abort();
  };
  await follow();
  expect(messages()).toEqual(numbered(20));
  setup.logs.pages.size = 1000;
  const before = await otherRead();
  expect(reads()).toBe(before + 3);
  expect(messages()).toEqual(numbered(20));
});

test('reads the next page after the listener is done', async () => {
  setup.logs.pages.size = 10;
  startTime -= 10_000;
  setup.logs.write(GROUP, ...numbered(30).map((message, at) => ({ message, timestamp: startTime + at })));
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => (release = resolve));
  void followLogs(
    setup.aws.logs,
    [{ target, logGroup: GROUP, startTime }],
    {
      onEvents(added) {
        events.push(...added);
        return held;
      },
    },
    { signal: setup.abort.signal, timing: TIMING },
  );
  await expect.poll(() => events.length).toBe(10);
  expect(reads()).toBe(1);
  release();
  await expect.poll(() => events.length).toBe(30);
});
