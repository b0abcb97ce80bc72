import { GetDurableExecutionCommand, GetDurableExecutionHistoryCommand } from '@aws-sdk/client-lambda';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startDurableWorkspace, type DurableWorkspace } from '../../../support/durableWorkspace.ts';

const CODE = `const { durable, note } = require('./durable.js');
let failures = 0;
const once = () => { if (failures++ === 0) throw new Error('not yet'); return 'done'; };
exports.steps = durable(async ({ file }, ctx) => {
  const one = await ctx.step('one', () => note(file, 'one') ?? 1);
  await ctx.wait('pause', 1);
  return one + (await ctx.step('two', () => note(file, 'two') ?? 2));
});
exports.retries = durable((event, ctx) => ctx.step('flaky', once, { retries: 3 }));
exports.asks = durable((options, ctx) => ctx.callback('answer', options));
exports.plain = async (event) => ({ got: event });
exports.breaks = async () => { throw new RangeError('out of range'); };
exports.child = durable(async (event, ctx) => { await ctx.wait('short', 1); return { child: event }; });
exports.busy = durable(() => new Promise((resolve) => setTimeout(resolve, 600, 'rested')));
exports.calls = durable((target, ctx) => ctx.invoke('call', target, { from: 'parent' }));
exports.sleeps = durable((event, ctx) => ctx.wait('long', 3600));
exports.crashes = async () => process.exit(3);
exports.crashesOnce = durable(async ({ file }, ctx) => {
  if (!require('node:fs').existsSync(file)) { note(file, 'crashed'); process.exit(1); }
  return 'recovered';
});
exports.idle = durable((event, ctx) => ctx.suspend());
exports.parallel = durable(async (event, ctx) => {
  await ctx.checkpoint(
    { Id: 'w1', Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 1 } },
    { Id: 'w2', Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 2 } },
  );
  // Stays in one invocation, as the SDKs do: an empty checkpoint brings what has ended.
  for (;;) {
    await ctx.checkpoint();
    if ([...ctx.operations.values()].filter(({ Status }) => Status === 'SUCCEEDED').length === 2) return ctx.context.awsRequestId;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});`;

const HANDLERS = [...CODE.matchAll(/^exports\.(\w+)/gm)].map(([, name = '']) => name);
const NOT_DURABLE = { plain: { durable: false }, breaks: { durable: false } };
const FUNCTIONS = {
  ...Object.fromEntries(HANDLERS.map((name) => [name, { handler: `index.${name}` }])),
  plain: { handler: 'index.plain', ...NOT_DURABLE.plain },
  breaks: { handler: 'index.breaks', ...NOT_DURABLE.breaks },
  busy: { handler: 'index.busy', reservedConcurrentExecutions: 1 },
  limited: { handler: 'index.sleeps', durable: { executionTimeout: 1 } },
};

describe('durable executions', () => {
  let workspace: DurableWorkspace;
  let file: string;
  let count = 0;

  beforeAll(async () => {
    workspace = await startDurableWorkspace(CODE, FUNCTIONS);
  });

  beforeEach(() => {
    file = join(workspace.folder, `notes${count++}.txt`);
  });

  afterAll(() => workspace.close());

  async function eventsOf(DurableExecutionArn: string): Promise<string[]> {
    const { Events = [] } = await workspace.client.send(new GetDurableExecutionHistoryCommand({ DurableExecutionArn }));
    return Events.map(({ EventType = '', Name }) => `${EventType} ${Name ?? ''}`.trim());
  }

  const statusOf = async (DurableExecutionArn: string) =>
    (await workspace.client.send(new GetDurableExecutionCommand({ DurableExecutionArn }))).Status;

  test('the function is invoked again after a wait, without repeating its steps', async () => {
    const { result, arn } = await workspace.invoke('steps', { file });
    expect(result).toBe(3);
    expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
    expect((await eventsOf(arn)).slice(1, -1)).toEqual([
      'StepStarted one',
      'StepSucceeded one',
      'WaitStarted pause',
      'InvocationCompleted',
      'WaitSucceeded pause',
      'StepStarted two',
      'StepSucceeded two',
      'InvocationCompleted',
    ]);
  });

  test('the log of a synchronous invocation is that of all its invocations', async () => {
    const { log } = await workspace.invoke('steps', { file });
    expect(log.match(/^START RequestId/gm)).toHaveLength(2);
    expect(log.match(/^REPORT RequestId/gm)).toHaveLength(2);
  });

  test('a step is retried after its delay', async () => {
    const { result, arn } = await workspace.invoke('retries');
    expect(result).toBe('done');
    expect((await eventsOf(arn)).slice(1, -1)).toEqual([
      'StepStarted flaky',
      'StepFailed flaky',
      'InvocationCompleted',
      'StepStarted flaky',
      'StepSucceeded flaky',
      'InvocationCompleted',
    ]);
  });

  test('a callback continues the execution with its result', async () => {
    const running = workspace.invoke('asks', {}, { DurableExecutionName: 'asks' });
    const opened = async () => (await workspace.executions()).find(({ name }) => name === 'asks');
    await expect.poll(opened).toMatchObject({ open: [{ kind: 'callback', name: 'answer' }] });
    const { arn = '', open = [] } = (await opened()) ?? {};
    await workspace.change(arn, { action: 'succeed', callbackId: open[0]?.callbackId ?? '', result: 'yes' });
    expect((await running).result).toBe('yes');
  });

  test('a callback that fails or times out has its error', async () => {
    const { result } = await workspace.invoke('asks', { TimeoutSeconds: 1 });
    expect(result).toMatchObject({ errorType: 'TIMED_OUT', errorMessage: 'Callback timed out' });
    const silent = await workspace.invoke('asks', { HeartbeatTimeoutSeconds: 1 });
    expect(silent.result).toMatchObject({ errorMessage: 'Callback timed out on heartbeat' });
  });

  test('a chained invoke returns the result of a plain function and of another durable function', async () => {
    expect((await workspace.invoke('calls', 'plain')).result).toEqual({ got: { from: 'parent' } });
    const chained = await workspace.invoke('calls', 'child:$LATEST');
    expect(chained.result).toEqual({ child: { from: 'parent' } });
    const all = await workspace.executions();
    expect(all.find(({ functionName }) => functionName === 'child')?.status).toBe('SUCCEEDED');
  });

  test('chained invokes wait for the capacity of their function', async () => {
    const runs = [1, 2, 3].map(() => workspace.invoke('calls', 'busy:$LATEST'));
    expect((await Promise.all(runs)).map(({ result }) => result)).toEqual(['rested', 'rested', 'rested']);
  });

  test.each([
    ['breaks', 'FAILED', 'out of range'],
    ['missing', 'FAILED', 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:missing'],
    ['child', 'FAILED', 'You cannot invoke a durable function using an unqualified ARN.'],
  ])('a chained invoke of %s fails', async (target, errorType, errorMessage) => {
    expect((await workspace.invoke('calls', target)).result).toMatchObject({ errorType, errorMessage });
  });

  test('Skip Wait ends a wait now', async () => {
    const arn = await workspace.begin('sleeps');
    await expect.poll(async () => (await workspace.execution(arn))?.open).toHaveLength(1);
    await workspace.change(arn, { action: 'skipWait', id: 'long' });
    await expect.poll(() => statusOf(arn)).toBe('SUCCEEDED');
  });

  test('a stopped execution ends with its error, and its function is not invoked again', async () => {
    const running = workspace.invoke('sleeps', {}, { DurableExecutionName: 'stopped' });
    const opened = async () => (await workspace.executions()).find(({ name }) => name === 'stopped');
    await expect.poll(async () => (await opened())?.open).toHaveLength(1);
    const { arn = '' } = (await opened()) ?? {};
    await workspace.change(arn, { action: 'stop' });
    expect((await running).result).toMatchObject({ errorType: 'Execution.Stopped' });
    await workspace.change(arn, { action: 'skipWait', id: 'long' });
    expect(await statusOf(arn)).toBe('STOPPED');
    expect((await eventsOf(arn)).join()).toContain('ExecutionStopped');
  });

  test('an execution that takes longer than its timeout ends', async () => {
    const { result, arn } = await workspace.invoke('limited');
    expect(result).toMatchObject({ errorMessage: 'Execution timed out after 1 seconds.' });
    expect(await statusOf(arn)).toBe('TIMED_OUT');
  });

  test('a function that exits is invoked again', async () => {
    const { result, arn } = await workspace.invoke('crashesOnce', { file });
    expect(result).toBe('recovered');
    expect((await eventsOf(arn)).filter((event) => event === 'InvocationCompleted')).toHaveLength(2);
  });

  test('an execution fails after five failed invocations in a row', async () => {
    const { result, arn } = await workspace.invoke('crashes');
    expect(result).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect((await eventsOf(arn)).filter((event) => event === 'InvocationCompleted')).toHaveLength(5);
  });

  test('PENDING without anything to wait for fails, and the log says why', async () => {
    const { result, log } = await workspace.invoke('idle');
    expect(result).toMatchObject({ errorMessage: 'Cannot return PENDING status with no pending operations.' });
    expect(log).toContain("The replay doesn't match the checkpoints of the execution.");
  });

  test('an invocation that stays gets what has ended with its next checkpoint', async () => {
    const { result, arn } = await workspace.invoke('parallel');
    expect(result).toMatch(/^[0-9a-f-]{36}$/);
    expect((await eventsOf(arn)).filter((event) => event === 'InvocationCompleted')).toHaveLength(1);
  });
});
