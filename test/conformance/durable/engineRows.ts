import {
  InvokeCommand,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { EndpointClient } from './endpointClient.ts';
import { FOLDER } from './localRunner.ts';

/** A row about what the SDK's local runner lacks. Returns the actual value. */
export interface EngineRow {
  readonly name: string;
  readonly expected: unknown;
  readonly actual: (use: EndpointClient) => Promise<unknown>;
}

const types = async ({ historyOf }: EndpointClient, arn: string) =>
  (await historyOf(arn)).map(({ EventType }) => EventType);

async function endOf(use: EndpointClient, arn: string): Promise<unknown> {
  const { Status } = await use.untilEnded(arn);
  return [Status, (await types(use, arn)).findLast((type) => type?.startsWith('Execution'))];
}

const isWaiting = ({ EventType }: { EventType?: string | undefined }) => EventType === 'WaitStarted';
const isCallback = ({ EventType }: { EventType?: string | undefined }) => EventType === 'CallbackStarted';

/** Waits until what a chained invoke runs has started, and returns its ARN. */
async function childOf(use: EndpointClient, arn: string): Promise<string> {
  const started = await use.untilEvent(arn, ({ EventType }) => EventType === 'ChainedInvokeStarted');
  return started.ChainedInvokeStartedDetails?.DurableExecutionArn ?? '';
}

async function invoke({ client }: EndpointClient, FunctionName: string, event: unknown, fields: object = {}) {
  const command = new InvokeCommand({
    FunctionName,
    Qualifier: '$LATEST',
    LogType: 'Tail',
    Payload: JSON.stringify(event),
    ...fields,
  });
  const { Payload, LogResult = '', ...rest } = await client.send(command);
  return { ...rest, text: Buffer.from(Payload ?? []).toString(), log: Buffer.from(LogResult, 'base64').toString() };
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : String(error));

export const ENGINE_ROWS: readonly EngineRow[] = [
  {
    name: 'the same name and payload are the same execution',
    expected: true,
    actual: async (use) => {
      const start = () => use.begin('returnsObject', { a: 1 }, { DurableExecutionName: 'same' });
      return (await start()) === (await start());
    },
  },
  {
    name: 'the same name with another payload is rejected',
    expected: 'DurableExecutionAlreadyStartedException',
    actual: (use) => use.begin('returnsObject', { a: 2 }, { DurableExecutionName: 'same' }).catch(nameOf),
  },
  {
    name: 'an unqualified name is rejected',
    expected: 'InvalidParameterValueException',
    actual: (use) => use.begin('returnsObject', {}, { Qualifier: undefined }).catch(nameOf),
  },
  {
    name: 'StopDurableExecution stops an execution',
    expected: ['STOPPED', 'ExecutionStopped'],
    actual: async (use) => {
      const DurableExecutionArn = await use.begin('sleeps');
      await use.untilEvent(DurableExecutionArn, isWaiting);
      await use.client.send(new StopDurableExecutionCommand({ DurableExecutionArn }));
      return endOf(use, DurableExecutionArn);
    },
  },
  {
    name: 'an execution times out',
    expected: ['TIMED_OUT', 'ExecutionTimedOut'],
    actual: async (use) => endOf(use, await use.begin('limited')),
  },
  {
    name: 'a durable function invokes another one',
    expected: '{"kid":{"from":"chain"}}',
    actual: async (use) => (await use.untilEnded(await use.begin('chain', { target: 'kid:$LATEST' }))).Result,
  },
  {
    name: 'an invoked execution is in the list of its function',
    expected: true,
    actual: async (use) => {
      const arn = await use.begin('chain', { target: 'kid:$LATEST' });
      const child = await childOf(use, arn);
      const { DurableExecutions = [] } = await use.client.send(
        new ListDurableExecutionsByFunctionCommand({ FunctionName: 'kid' }),
      );
      await use.untilEnded(arn);
      return DurableExecutions.some(({ DurableExecutionArn }) => DurableExecutionArn === child);
    },
  },
  {
    name: 'an invoked execution that is stopped fails the invoke',
    expected: ['FAILED', 'InvokeError', true],
    actual: async (use) => {
      const arn = await use.begin('chain', { target: 'sleeps:$LATEST' });
      const DurableExecutionArn = await childOf(use, arn);
      await use.untilEvent(DurableExecutionArn, isWaiting);
      await use.client.send(new StopDurableExecutionCommand({ DurableExecutionArn }));
      const { Status, Error: error } = await use.untilEnded(arn);
      return [Status, error?.ErrorType, (await types(use, arn)).includes('ChainedInvokeStopped')];
    },
  },
  {
    name: 'an invoked execution that times out fails the invoke',
    expected: ['FAILED', true],
    actual: async (use) => {
      const arn = await use.begin('chain', { target: 'limited:$LATEST' });
      const { Status } = await use.untilEnded(arn);
      return [Status, (await types(use, arn)).includes('ChainedInvokeTimedOut')];
    },
  },
  {
    name: 'an invoked durable function needs a qualifier',
    expected: 'You cannot invoke a durable function using an unqualified ARN.',
    actual: async (use) => (await use.untilEnded(await use.begin('chain', { target: 'kid' }))).Error?.ErrorMessage,
  },
  {
    name: 'a heartbeat keeps a callback open',
    expected: ['SUCCEEDED', 'ExecutionSucceeded'],
    actual: async (use) => {
      const arn = await use.begin('asks');
      const CallbackId = (await use.untilEvent(arn, isCallback)).CallbackStartedDetails?.CallbackId;
      await use.client.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId }));
      await use.client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId }));
      return endOf(use, arn);
    },
  },
  {
    name: 'the result of a callback has at most 262,144 bytes',
    expected: 413,
    actual: async (use) => {
      const DurableExecutionArn = await use.begin('asks');
      const CallbackId = (await use.untilEvent(DurableExecutionArn, isCallback)).CallbackStartedDetails?.CallbackId;
      const command = new SendDurableExecutionCallbackSuccessCommand({
        CallbackId,
        Result: Buffer.alloc(262_145, '1'),
      });
      const status = await use.client
        .send(command)
        .catch((error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode);
      await use.client.send(new StopDurableExecutionCommand({ DurableExecutionArn }));
      return status;
    },
  },
  {
    name: 'a result that is too large for a response is checkpointed',
    expected: ['SUCCEEDED', 6_291_422],
    actual: async (use) => {
      const { Status, Result = '' } = await use.untilEnded(await use.begin('large'));
      return [Status, Result.length];
    },
  },
  {
    name: 'a synchronous invocation has the result, the ARN, and the log of all invocations',
    expected: ['"awake"', true, 2],
    actual: async (use) => {
      const { text, DurableExecutionArn, log } = await invoke(use, 'wait', {});
      return [text, DurableExecutionArn?.includes('/durable-execution/'), log.match(/^REPORT /gm)?.length];
    },
  },
  {
    name: 'a synchronous invocation of an execution that fails has a function error',
    expected: ['Unhandled', '{"errorType":"StepError","errorMessage":"bad"}'],
    actual: async (use) => {
      const { FunctionError, text } = await invoke(use, 'stepFails', {});
      return [FunctionError, text];
    },
  },
  {
    name: '300 steps are replayed, and their history is read in pages',
    expected: ['300', 606],
    actual: async (use) => {
      const arn = await use.begin('many', { count: 300 });
      const { Result } = await use.untilEnded(arn);
      return [Result, (await use.historyOf(arn, 100)).length];
    },
  },
  {
    name: 'changed code that does not match the checkpoints fails, and the log says so',
    expected: ['NonDeterministicExecutionError', true],
    actual: async (use) => {
      const path = join(FOLDER, 'handlers.js');
      const running = invoke(use, 'changes', {}, { DurableExecutionName: 'changes' });
      const list = new ListDurableExecutionsByFunctionCommand({ FunctionName: 'changes' });
      for (let arn: string | undefined; arn === undefined;)
        arn = (await use.client.send(list)).DurableExecutions?.[0]?.DurableExecutionArn;
      const { DurableExecutions = [] } = await use.client.send(list);
      await use.untilEvent(DurableExecutions[0]?.DurableExecutionArn ?? '', isWaiting);
      await writeFile(path, (await readFile(path, 'utf8')).replace("'NAME'", "'OTHER'"));
      const { text, log } = await running;
      const { errorType } = JSON.parse(text) as { errorType: string };
      return [errorType, log.includes('The code has changed since this execution started.')];
    },
  },
];

/** Prints the rows that differ. Returns how many. */
export async function checkEngineRows(use: EndpointClient): Promise<number> {
  let bad = 0;
  for (const { name, expected, actual } of ENGINE_ROWS) {
    const value = await actual(use).catch((error: unknown) => String(error));
    const isEqual = isDeepStrictEqual(value, expected);
    if (!isEqual) bad++;
    console.log(`${isEqual ? 'works' : 'BAD  '}  ${name}${isEqual ? '' : `: ${JSON.stringify(value)}`}`);
  }
  return bad;
}
