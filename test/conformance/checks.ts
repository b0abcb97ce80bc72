import type { InvocationResult } from '../../src/core/outcome/outcome.ts';
import type { Invocation } from '../../src/core/invocation/invocation.ts';

/** An invocation of an endpoint, and the condition its result has to meet. */
export interface Check {
  readonly name: string;
  readonly FunctionName: string;
  readonly fields?: Partial<Invocation>;
  readonly payload?: string;
  readonly isSentAnyway?: boolean;
  readonly passes: (result: InvocationResult, text: string) => boolean;
  /** Every endpoint must pass this check; otherwise the other results are meaningless. */
  readonly isRequired?: boolean;
}

const context = '{"custom":{"key":"value"}}';

/** 6 MB of JSON. */
const LARGE = JSON.stringify({ filler: 'x'.repeat(5_900_000) });

export const CHECKS: readonly Check[] = [
  {
    name: 'Invoke returns the response',
    FunctionName: 'hello',
    payload: '{"a":1}',
    passes: ({ outcome }, text) => outcome.state === 'succeeded' && text.includes('"event":{"a":1}'),
    isRequired: true,
  },
  {
    name: 'a function error has its message and stack',
    FunctionName: 'throws',
    passes: ({ outcome }) =>
      outcome.state === 'functionError' &&
      outcome.functionError.message === 'it broke' &&
      outcome.functionError.stack.length > 0,
    isRequired: true,
  },
  {
    name: 'a function error has its type',
    FunctionName: 'throws',
    passes: ({ outcome }) => outcome.state === 'functionError' && outcome.functionError.type === 'TypeError',
  },
  {
    name: 'an unknown function is a 404',
    FunctionName: 'nobody',
    passes: ({ outcome }) => outcome.state === 'failed' && outcome.reason.code === 'functionNotFound',
  },
  {
    name: 'a missing payload becomes {}',
    FunctionName: 'hello',
    payload: '',
    passes: ({ outcome }, text) => outcome.state === 'succeeded' && text.includes('"event":{}'),
  },
  {
    name: 'a payload of 5.9 MB',
    FunctionName: 'hello',
    payload: LARGE,
    passes: ({ outcome }) => outcome.state === 'succeeded' && outcome.responseBytes > 5_900_000,
  },
  {
    name: 'ClientContext reaches the function',
    FunctionName: 'hello',
    fields: { ClientContext: context },
    passes: (_, text) => text.includes('"key":"value"'),
  },
  {
    name: 'LogType Tail returns a log',
    FunctionName: 'hello',
    fields: { LogType: 'Tail' },
    passes: ({ outcome }) => 'logTail' in outcome && outcome.logTail !== undefined,
  },
  {
    name: 'Qualifier returns its executed version',
    FunctionName: 'hello',
    fields: { Qualifier: '$LATEST' },
    passes: ({ outcome }) => 'ExecutedVersion' in outcome && outcome.ExecutedVersion === '$LATEST',
  },
  { name: 'a request id', FunctionName: 'hello', passes: ({ outcome }) => outcome.requestId !== undefined },
  { name: 'a trace id', FunctionName: 'hello', passes: ({ outcome }) => outcome.traceId !== undefined },
  {
    name: 'DryRun is 204',
    FunctionName: 'hello',
    fields: { InvocationType: 'DryRun' },
    passes: ({ outcome }) => outcome.state === 'dryRun',
  },
  {
    name: 'a payload that is not JSON is a 400',
    FunctionName: 'hello',
    payload: '{ oops',
    isSentAnyway: true,
    passes: ({ outcome }) => outcome.state === 'failed' && outcome.exception?.StatusCode === 400,
  },
  {
    name: 'a response is streamed',
    FunctionName: 'counts',
    fields: { InvokeMode: 'RESPONSE_STREAM' },
    passes: ({ outcome }, text) => outcome.state === 'succeeded' && text === 'one two',
  },
  {
    name: 'Event is 202',
    FunctionName: 'hello',
    fields: { InvocationType: 'Event' },
    passes: ({ outcome }) => outcome.state === 'accepted',
  },
  {
    name: 'a failing Event is 202 as well',
    FunctionName: 'throws',
    fields: { InvocationType: 'Event' },
    passes: ({ outcome }) => outcome.state === 'accepted',
  },
  {
    name: 'the endpoint still responds afterwards',
    FunctionName: 'hello',
    passes: ({ outcome }) => outcome.state === 'succeeded',
  },
];
