import {
  GetDurableExecutionCommand,
  GetDurableExecutionHistoryCommand,
  GetDurableExecutionStateCommand,
  CheckpointDurableExecutionCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDurableWorkspace, type DurableWorkspace } from '../../../support/durableWorkspace.ts';

const CODE = `const { durable } = require('./durable.js');
exports.asks = durable((options, ctx) => ctx.callback('answer', options));
exports.environment = durable(async () => ({
  url: process.env.AWS_ENDPOINT_URL_LAMBDA,
  keys: [process.env.AWS_ACCESS_KEY_ID, process.env.AWS_SECRET_ACCESS_KEY],
}));
exports.plain = async () => [process.env.AWS_ENDPOINT_URL_LAMBDA, process.env.AWS_ACCESS_KEY_ID];
exports.many = durable(async (count, ctx) => {
  const steps = Array.from({ length: count }, (_, n) => ({ Id: 's' + n, Type: 'STEP', Action: 'SUCCEED', Payload: String(n) }));
  if (!ctx.operations.has('s0')) {
    for (let start = 0; start < count; start += 250) await ctx.checkpoint(...steps.slice(start, start + 250));
    await ctx.wait('pause', 1);
  }
  return ctx.operations.size;
});
exports.large = durable(async (event, ctx) => {
  const step = (Id) => ({ Id, Type: 'STEP', Action: 'SUCCEED', Payload: 'x'.repeat(3000000) });
  for (const id of ['a', 'b', 'c']) if (!ctx.operations.has(id)) await ctx.checkpoint(step(id));
  await ctx.wait('pause', 1);
  return [...ctx.operations.values()].map(({ StepDetails }) => StepDetails?.Result?.length ?? 0);
});
exports.again = durable(async (event, ctx) => {
  const token = ctx.getToken();
  const body = { CheckpointToken: token, ClientToken: 'same', Updates: [{ Id: 'a', Type: 'STEP', Action: 'START' }] };
  const answers = [await ctx.call('/checkpoint', body), await ctx.call('/checkpoint', body)];
  const stale = await ctx.call('/checkpoint', { CheckpointToken: token }).catch(({ name, message }) => [name, message]);
  const state = await ctx.call('/state?CheckpointToken=wrong').catch(({ name }) => name);
  return [answers[0].CheckpointToken === answers[1].CheckpointToken, stale, state];
});
exports.ends = durable(async (event, ctx) => {
  const answer = await ctx.checkpoint({ Id: 'end', Type: 'EXECUTION', Action: 'SUCCEED', Payload: '"checkpointed"' });
  return Object.keys(answer);
});
exports.mismatch = durable(async (event, ctx) => {
  await ctx.checkpoint({ Id: 'one', Name: 'first', Type: 'STEP', Action: 'START' });
  await ctx.checkpoint({ Id: 'one', Name: 'second', Type: 'STEP', Action: 'SUCCEED' });
});`;

const NAMES = [...CODE.matchAll(/^exports\.(\w+)/gm)].map(([, name = '']) => name);
const FUNCTIONS = {
  ...Object.fromEntries(NAMES.map((name) => [name, { handler: `index.${name}`, memorySize: 512 }])),
  plain: { handler: 'index.plain', durable: false },
  asks: { handler: 'index.asks', durable: { executionTimeout: 600, retentionPeriodInDays: 7 }, versions: ['1', '2'] },
};

describe('the API of durable executions', () => {
  let workspace: DurableWorkspace;

  beforeAll(async () => {
    workspace = await startDurableWorkspace(CODE, FUNCTIONS);
  });

  afterAll(() => workspace.close());

  /** Starts an execution that waits for a callback. */
  async function ask(options: object = {}, name?: string) {
    const arn = await workspace.begin('asks', options, name);
    const open = async () => (await workspace.execution(arn))?.open ?? [];
    await expect.poll(open).toMatchObject([{ kind: 'callback' }]);
    return { arn, callbackId: (await open())[0]?.callbackId ?? '' };
  }

  const get = (DurableExecutionArn: string) =>
    workspace.client.send(new GetDurableExecutionCommand({ DurableExecutionArn }));
  const statusOf = (arn: string) => async () => (await get(arn)).Status;

  test('GetDurableExecution describes an execution', async () => {
    const { arn, callbackId: CallbackId } = await ask({ HeartbeatTimeoutSeconds: 60 }, 'described');
    expect(await get(arn)).toMatchObject({
      DurableExecutionArn: arn,
      DurableExecutionName: 'described',
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:asks:$LATEST',
      InputPayload: '{"HeartbeatTimeoutSeconds":60}',
      StartTimestamp: expect.any(Date),
      Status: 'RUNNING',
      Version: '$LATEST',
      DurableConfig: { ExecutionTimeout: 600, RetentionPeriodInDays: 7 },
    });
    const Result = Buffer.from('"yes"');
    await workspace.client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result }));
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
    const ended = await get(arn);
    expect(ended).toMatchObject({ Result: '"\\"yes\\""', EndTimestamp: expect.any(Date) });
    expect(Math.abs((ended.EndTimestamp?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('a callback fails with its error, and cannot be answered again', async () => {
    const { arn, callbackId: CallbackId } = await ask();
    await workspace.client.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId }));
    const Error_ = { ErrorType: 'Denied', ErrorMessage: 'no', ErrorData: '{"by":"me"}', StackTrace: ['here'] };
    await workspace.client.send(new SendDurableExecutionCallbackFailureCommand({ CallbackId, Error: Error_ }));
    await expect.poll(statusOf(arn)).toBe('FAILED');
    const history = new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn, IncludeExecutionData: true });
    const { Events = [] } = await workspace.client.send(history);
    expect(
      Events.find(({ EventType }) => EventType === 'CallbackFailed')?.CallbackFailedDetails?.Error?.Payload,
    ).toEqual(Error_);
    const again = workspace.client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId }));
    await expect(again).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  test('a callback that has timed out is reported as such, and an unknown one is not found', async () => {
    const arn = await workspace.begin('asks', { TimeoutSeconds: 1 });
    await expect.poll(async () => (await workspace.execution(arn))?.open[0]?.callbackId).toBeDefined();
    const CallbackId = (await workspace.execution(arn))?.open[0]?.callbackId ?? '';
    await expect.poll(statusOf(arn)).toBe('FAILED');
    const send = (id: string) =>
      workspace.client.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId: id }));
    await expect(send(CallbackId)).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
    await expect(send(btoa('other:answer'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('the result of a callback has at most 262,144 bytes', async () => {
    const { arn, callbackId: CallbackId } = await ask();
    const send = (bytes: number) =>
      workspace.client.send(
        new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result: Buffer.alloc(bytes, 'x') }),
      );
    await expect(send(262_145)).rejects.toMatchObject({ $metadata: { httpStatusCode: 413 } });
    await send(262_144);
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
  });

  test('StopDurableExecution ends an execution with its error, and again without an effect', async () => {
    const { arn: DurableExecutionArn } = await ask();
    const stop = () =>
      workspace.client.send(
        new StopDurableExecutionCommand({ DurableExecutionArn, Error: { ErrorMessage: 'enough' } }),
      );
    const { StopTimestamp } = await stop();
    expect(await get(DurableExecutionArn)).toMatchObject({ Status: 'STOPPED', Error: { ErrorMessage: 'enough' } });
    expect((await stop()).StopTimestamp).toEqual(StopTimestamp);
  });

  test('ListDurableExecutionsByFunction filters by name, status, version, and time, with pages', async () => {
    const list = async (fields: object) => {
      const command = new ListDurableExecutionsByFunctionCommand({ FunctionName: 'asks', ...fields });
      const { DurableExecutions = [], NextMarker } = await workspace.client.send(command);
      return { names: DurableExecutions.map(({ DurableExecutionName }) => DurableExecutionName), NextMarker };
    };
    const before = new Date();
    await ask({}, 'list-1');
    await ask({}, 'list-2');
    expect(await list({ StartedAfter: before })).toEqual({ names: ['list-2', 'list-1'], NextMarker: undefined });
    const first = await list({ StartedAfter: before, ReverseOrder: true, MaxItems: 1 });
    expect(first.names).toEqual(['list-1']);
    const next = await list({ StartedAfter: before, ReverseOrder: true, MaxItems: 1, Marker: first.NextMarker });
    expect(next).toEqual({ names: ['list-2'], NextMarker: undefined });
    expect((await list({ DurableExecutionName: 'list-1' })).names).toEqual(['list-1']);
    expect((await list({ DurableExecutionName: 'list-1', Statuses: ['SUCCEEDED', 'FAILED'] })).names).toEqual([]);
    expect((await list({ DurableExecutionName: 'list-1', Statuses: ['RUNNING'] })).names).toEqual(['list-1']);
    expect((await list({ Qualifier: '2' })).names).toEqual([]);
    expect((await list({ StartedAfter: before, StartedBefore: before })).names).toEqual([]);
    await expect(list({ FunctionName: 'missing' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('requests about an unknown execution or with an invalid page are rejected', async () => {
    const DurableExecutionArn = 'arn:aws:lambda:us-east-1:000000000000:function:asks:1/durable-execution/a/b';
    await expect(get(DurableExecutionArn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { arn } = await ask();
    const history = (fields: object) =>
      workspace.client.send(new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn, ...fields }));
    await expect(history({ MaxItems: 1001 })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(history({ Marker: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    const CheckpointToken = 'wrong';
    const rejected = {
      name: 'InvalidParameterValueException',
      message: expect.stringMatching(/^Invalid Checkpoint Token/),
    };
    const state = new GetDurableExecutionStateCommand({ DurableExecutionArn: arn, CheckpointToken });
    await expect(workspace.client.send(state)).rejects.toMatchObject(rejected);
    const checkpoint = new CheckpointDurableExecutionCommand({ DurableExecutionArn: arn, CheckpointToken });
    await expect(workspace.client.send(checkpoint)).rejects.toMatchObject(rejected);
  });

  test('a repeated checkpoint has the same response, and a used token is rejected', async () => {
    const { result } = await workspace.invoke('again');
    const stale = ['InvalidParameterValueException', expect.stringMatching(/^Invalid Checkpoint Token/)];
    expect(result).toEqual([true, stale, 'InvalidParameterValueException']);
  });

  test('a result that was checkpointed is that of the execution', async () => {
    const { result, arn } = await workspace.invoke('ends');
    expect(result).toBe('checkpointed');
    expect(await get(arn)).toMatchObject({ Status: 'SUCCEEDED', Result: '"checkpointed"' });
  });

  test('an operation that differs from its checkpoint is rejected, and the log says how', async () => {
    const { result, log, arn } = await workspace.invoke('mismatch');
    expect(result).toMatchObject({ errorMessage: 'Inconsistent operation name.' });
    expect(log).toContain(
      "Operation second doesn't match the checkpoint of the execution: its name was first and is second.",
    );
    expect((await workspace.execution(arn))?.warnings).toMatchObject([{ code: 'durableMismatch' }]);
  });

  test('an execution has at most 3,000 operations, and all of them are replayed', async () => {
    expect((await workspace.invoke('many', 2999)).result).toBe(3001);
    const { result } = await workspace.invoke('many', 3001);
    expect(result).toMatchObject({ errorMessage: 'The durable execution exceeds the limit of 3000 operations.' });
  });

  test('a replay whose operations exceed one event gets the others in pages', async () => {
    expect((await workspace.invoke('large')).result).toEqual([0, 3_000_000, 3_000_000, 3_000_000, 0]);
  });

  test('only durable functions get the address of the API, whose keys reach nothing else', async () => {
    expect((await workspace.invoke('plain', {}, { Qualifier: undefined })).result).toEqual([null, null]);
    const { url, keys } = (await workspace.invoke('environment')).result as { url: string; keys: [string, string] };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/durable-[0-9a-f]{32}$/);
    const credentials = { accessKeyId: keys[0], secretAccessKey: keys[1] };
    const client = (endpoint: string) =>
      new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const list = new ListDurableExecutionsByFunctionCommand({ FunctionName: 'asks' });
    expect((await client(url).send(list)).DurableExecutions).toBeDefined();
    await expect(client(workspace.url).send(list)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const invocations = await fetch(`${url}/2015-03-31/functions/plain/invocations`, { method: 'POST' });
    expect([invocations.status, invocations.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
    const guessed = await fetch(
      `${workspace.url}/durable-${'0'.repeat(32)}/2025-12-01/functions/asks/durable-executions`,
    );
    expect(guessed.status).toBe(403);
  });

  test.each([
    ['GET', 'durable-executions/a/checkpoint', 405],
    ['POST', 'durable-executions/a/state', 405],
    ['GET', 'durable-executions/a/other', 404],
    ['GET', 'nothing', 404],
    ['POST', 'durable-executions/a/checkpoint', 400],
  ])('%s %s is rejected with %i', async (method, path, status) => {
    const { url } = (await workspace.invoke('environment')).result as { url: string };
    expect((await fetch(`${url}/2025-12-01/${path}`, { method })).status).toBe(status);
  });
});
