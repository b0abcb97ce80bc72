import { beforeEach, expect, test } from 'vitest';
import { followGroup, type GroupFunction } from '../../../../src/app/logs/followGroup.ts';
import type { FollowMode, FollowState } from '../../../../src/core/logs/followState.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import { target, useLogs } from '../../../support/useLogs.ts';

const setup = useLogs();

let shown: string[];
let states: Map<number, FollowState>;

beforeEach(() => {
  shown = [];
  states = new Map();
});

function fn(id: number, name: string, changes: Partial<GroupFunction> = {}): GroupFunction {
  const logGroup = changes.logGroup ?? `/aws/lambda/${name}`;
  setup.logs.write(logGroup);
  const arn = `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroup}`;
  return { id, name, logGroup, arn, isElsewhere: false, startTime: Date.now(), shownTo: 0, ...changes };
}

function follow(mode: FollowMode, ...functions: readonly GroupFunction[]): Promise<void> {
  return followGroup(
    setup.aws.logs,
    { target, functions, mode },
    {
      onEvents: (id, events) => void shown.push(...events.map((event) => `${id}: ${event.message}`)),
      onState: (id, state) => void states.set(id, state),
    },
    setup.abort.signal,
  );
}

const sessions = () => setup.logs.requestsOf('StartLiveTail');
const reads = () => setup.logs.requestsOf('FilterLogEvents');

test('follows all functions of a connection in one session of Live Tail, because each is charged', async () => {
  void follow('liveTail', fn(1, 'orders'), fn(2, 'billing'));
  await expect.poll(() => [states.get(1)?.kind, states.get(2)?.kind]).toEqual(['liveTail', 'liveTail']);
  setup.logs.write('/aws/lambda/orders', { message: 'order' });
  setup.logs.write('/aws/lambda/billing', { message: 'bill' });
  await expect.poll(() => shown.toSorted()).toEqual(['1: order', '2: bill']);
  expect(sessions()).toHaveLength(1);
});

test('needs another session for more than ten log groups', async () => {
  void follow('liveTail', ...Array.from({ length: 11 }, (_, at) => fn(at, `fn${at}`)));
  await expect.poll(() => setup.logs.sessions.length).toBe(2);
  expect(sessions().map(({ input }) => input.logGroupIdentifiers?.length)).toEqual([10, 1]);
});

test('polls all functions of a session that is refused, with the reason', async () => {
  setup.logs.refuseNext({ name: 'AccessDeniedException' });
  void follow('liveTail', fn(1, 'orders'), fn(2, 'billing'));
  await expect.poll(() => reads().length).toBeGreaterThan(1);
  for (const id of [1, 2]) expect(states.get(id)).toMatchObject({ kind: 'polling', notLive: { code: 'readDenied' } });
  setup.logs.write('/aws/lambda/billing', { message: 'bill' });
  await expect.poll(() => shown).toEqual(['2: bill']);
  expect(sessions()).toHaveLength(1);
});

test('polls a function whose ARN is unknown, and follows the others with Live Tail', async () => {
  const { arn: _, ...unknown } = fn(2, 'billing');
  void follow('liveTail', fn(1, 'orders'), { ...unknown, arnProblem: message('readThrottled', 'billing') });
  await expect.poll(() => [states.get(1)?.kind, states.get(2)?.kind]).toEqual(['liveTail', 'polling']);
  expect(states.get(2)).toMatchObject({ notLive: { code: 'readThrottled' } });
  expect(sessions().map(({ input }) => input.logGroupIdentifiers?.length)).toEqual([1]);
});

test('with Poll, sends no request for Live Tail, and a log that may not be read stops only its function', async () => {
  const denied = fn(1, 'orders');
  setup.logs.refuseNext({ name: 'AccessDeniedException' });
  void follow('poll', denied);
  await expect.poll(() => states.get(1)).toMatchObject({ kind: 'stopped', reason: { code: 'readDenied' } });
  void follow('poll', fn(2, 'billing'));
  await expect.poll(() => states.get(2)?.kind).toBe('polling');
  expect(sessions()).toEqual([]);
});

test('in a log group that functions share, shows each line for the function that its stream names', async () => {
  const logGroup = '/shop/all';
  void follow('poll', fn(1, 'orders', { logGroup }), fn(2, 'billing', { logGroup }));
  const stream = (name: string) => `2026/11/28/${name}[$LATEST]0123456789abcdef0123456789abcdef`;
  setup.logs.write(logGroup, { message: 'order', logStreamName: stream('orders') });
  setup.logs.write(logGroup, { message: 'other', logStreamName: stream('refunds') });
  setup.logs.write(logGroup, { message: 'bill', logStreamName: stream('billing') });
  await expect.poll(() => shown).toEqual(['1: order', '2: bill']);
  expect(new Set(reads().map(({ input }) => input.logGroupName))).toEqual(new Set([logGroup]));
});

test('after it is resumed, shows only what was ingested since', async () => {
  const now = Date.now();
  const group = '/aws/lambda/orders';
  setup.logs.write(group, { message: 'shown before', timestamp: now, ingestionTime: now });
  setup.logs.write(group, { message: 'late', timestamp: now - 5000, ingestionTime: now + 5 });
  void follow('poll', fn(1, 'orders', { startTime: now - 60_000, shownTo: now }));
  await expect.poll(() => shown).toEqual(['1: late']);
});
