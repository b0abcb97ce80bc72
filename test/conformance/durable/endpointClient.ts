import {
  GetDurableExecutionCommand,
  InvokeCommand,
  LambdaClient,
  paginateGetDurableExecutionHistory,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackSuccessCommand,
  type Event,
  type InvokeCommandInput,
} from '@aws-sdk/client-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StartedPeer } from '../peers.ts';
import { CALLBACK_ERROR, CALLBACK_RESULT, CALLBACKS } from './handlers.ts';
import { EVENT, type WorkflowEnd } from './localRunner.ts';

/** How often the history is read, in milliseconds. */
const POLL_MS = 50;

/** Uses the local endpoint's API with the real SDK. */
export function createEndpointClient({ endpoint, keys }: StartedPeer) {
  const credentials = keys ?? { accessKeyId: '', secretAccessKey: '' };
  const client = new LambdaClient({ endpoint, region: 'us-east-1', maxAttempts: 1, credentials });

  async function begin(
    FunctionName: string,
    event: unknown = EVENT,
    fields: Partial<InvokeCommandInput> = {},
  ): Promise<string> {
    const type = { InvocationType: 'Event', Qualifier: '$LATEST' } as const;
    const command = new InvokeCommand({ FunctionName, ...type, Payload: JSON.stringify(event), ...fields });
    return (await client.send(command)).DurableExecutionArn ?? '';
  }

  /** The whole history, in pages of `pageSize` events. */
  async function historyOf(DurableExecutionArn: string, pageSize = 1000): Promise<Event[]> {
    const pages = paginateGetDurableExecutionHistory(
      { client, pageSize },
      { DurableExecutionArn, IncludeExecutionData: true },
    );
    const events: Event[] = [];
    for await (const { Events = [] } of pages) events.push(...Events);
    return events;
  }

  /** Waits for an event. */
  async function untilEvent(arn: string, isIt: (event: Event) => boolean): Promise<Event> {
    for (;;) {
      const found = (await historyOf(arn)).find(isIt);
      if (found !== undefined) return found;
      await sleep(POLL_MS);
    }
  }

  const get = (DurableExecutionArn: string) => client.send(new GetDurableExecutionCommand({ DurableExecutionArn }));

  async function untilEnded(arn: string) {
    for (;;) {
      const execution = await get(arn);
      if (execution.Status !== 'RUNNING') return execution;
      await sleep(POLL_MS);
    }
  }

  async function answer(arn: string, how: 'succeed' | 'succeedEmpty' | 'fail', afterStep: boolean): Promise<void> {
    const started = await untilEvent(arn, ({ EventType }) => EventType === 'CallbackStarted');
    if (afterStep) await untilEvent(arn, ({ EventType }) => EventType === 'StepSucceeded');
    const CallbackId = started.CallbackStartedDetails?.CallbackId;
    if (how === 'fail')
      await client.send(new SendDurableExecutionCallbackFailureCommand({ CallbackId, Error: CALLBACK_ERROR }));
    else {
      const result = how === 'succeed' ? { Result: Buffer.from(CALLBACK_RESULT) } : {};
      await client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId, ...result }));
    }
  }

  /** Runs a workflow to its end. */
  async function run(name: string): Promise<WorkflowEnd> {
    const arn = await begin(name);
    const how = CALLBACKS[name];
    if (how !== undefined) await answer(arn, how, name === 'waitForCallback');
    const { Status = '', Result, Error: error } = await untilEnded(arn);
    // A checkpointed end comes before the end of its invocation.
    const events = await historyOf(arn);
    const operations = new Map<string, (string | null)[]>();
    const STATUS = {
      Started: 'STARTED',
      Succeeded: 'SUCCEEDED',
      Failed: 'FAILED',
      TimedOut: 'TIMED_OUT',
      Stopped: 'STOPPED',
    };
    for (const { Id = '', EventType = '', SubType = null, Name = null } of events) {
      const [, type = '', suffix = ''] = /^(Context|Step|Wait|Callback|ChainedInvoke)([A-Z]\w+)$/.exec(EventType) ?? [];
      if (type === '') continue;
      const Type = type === 'ChainedInvoke' ? 'CHAINED_INVOKE' : type.toUpperCase();
      operations.set(Id, [Type, SubType, Name, STATUS[suffix as keyof typeof STATUS]]);
    }
    return {
      name,
      status: Status,
      ...(Result !== undefined && { value: JSON.parse(Result) as unknown }),
      ...(error !== undefined && {
        failure: {
          ...(error.ErrorType !== undefined && { errorType: error.ErrorType }),
          ...(error.ErrorMessage !== undefined && { errorMessage: error.ErrorMessage }),
        },
      }),
      operations: [...operations.values()],
      events: events.map(({ EventType = '', SubType = null, Name = null }) => [EventType, SubType, Name]),
    };
  }

  return { client, begin, get, historyOf, untilEvent, untilEnded, run, close: () => client.destroy() };
}

export type EndpointClient = ReturnType<typeof createEndpointClient>;
