import type { InvocationResult } from '../../src/core/outcome/outcome.ts';
import type { Invocation } from '../../src/core/invocation/invocation.ts';

/** What is asked of an endpoint, and how it is told that it does it. */
export interface Check {
  readonly name: string;
  readonly FunctionName: string;
  readonly fields?: Partial<Invocation>;
  readonly payload?: string;
  readonly isSentAnyway?: boolean;
  readonly isDone: (result: InvocationResult, text: string) => boolean;
  /** Every endpoint must do it: without it, nothing else means anything. */
  readonly isBasic?: boolean;
}

const context = '{"custom":{"key":"value"}}';

/** 6 MB of JSON. */
const LARGE = JSON.stringify({ filler: 'x'.repeat(5_900_000) });

export const CHECKS: readonly Check[] = [
  {
    name: 'Invoke brings the response',
    FunctionName: 'hello',
    payload: '{"a":1}',
    isDone: ({ outcome }, text) => outcome.state === 'succeeded' && text.includes('"event":{"a":1}'),
    isBasic: true,
  },
  {
    name: 'a function error has its message and stack',
    FunctionName: 'throws',
    isDone: ({ outcome }) =>
      outcome.state === 'functionError' &&
      outcome.functionError.message === 'it broke' &&
      outcome.functionError.stack.length > 0,
    isBasic: true,
  },
  {
    name: 'a function error has its type',
    FunctionName: 'throws',
    isDone: ({ outcome }) => outcome.state === 'functionError' && outcome.functionError.type === 'TypeError',
  },
  {
    name: 'an unknown function is a 404',
    FunctionName: 'nobody',
    isDone: ({ outcome }) => outcome.state === 'failed' && outcome.reason.code === 'functionNotFound',
  },
  {
    name: 'no payload arrives as {}',
    FunctionName: 'hello',
    payload: '',
    isDone: ({ outcome }, text) => outcome.state === 'succeeded' && text.includes('"event":{}'),
  },
  {
    name: 'a payload of 5.9 MB',
    FunctionName: 'hello',
    payload: LARGE,
    isDone: ({ outcome }) => outcome.state === 'succeeded' && outcome.responseBytes > 5_900_000,
  },
  {
    name: 'ClientContext reaches the function',
    FunctionName: 'hello',
    fields: { ClientContext: context },
    isDone: (_, text) => text.includes('"key":"value"'),
  },
  {
    name: 'LogType Tail brings a log',
    FunctionName: 'hello',
    fields: { LogType: 'Tail' },
    isDone: ({ outcome }) => 'logTail' in outcome && outcome.logTail !== undefined,
  },
  {
    name: 'Qualifier brings its executed version',
    FunctionName: 'hello',
    fields: { Qualifier: '$LATEST' },
    isDone: ({ outcome }) => 'ExecutedVersion' in outcome && outcome.ExecutedVersion === '$LATEST',
  },
  { name: 'a request id', FunctionName: 'hello', isDone: ({ outcome }) => outcome.requestId !== undefined },
  { name: 'a trace id', FunctionName: 'hello', isDone: ({ outcome }) => outcome.traceId !== undefined },
  {
    name: 'DryRun is 204',
    FunctionName: 'hello',
    fields: { InvocationType: 'DryRun' },
    isDone: ({ outcome }) => outcome.state === 'dryRun',
  },
  {
    name: 'a payload that is no JSON is a 400',
    FunctionName: 'hello',
    payload: '{ oops',
    isSentAnyway: true,
    isDone: ({ outcome }) => outcome.state === 'failed' && outcome.exception?.StatusCode === 400,
  },
  {
    name: 'a response comes as a stream',
    FunctionName: 'counts',
    fields: { InvokeMode: 'RESPONSE_STREAM' },
    isDone: ({ outcome }, text) => outcome.state === 'succeeded' && text === 'one two',
  },
  {
    name: 'Event is 202',
    FunctionName: 'hello',
    fields: { InvocationType: 'Event' },
    isDone: ({ outcome }) => outcome.state === 'accepted',
  },
  {
    name: 'Event that fails is 202 as well',
    FunctionName: 'throws',
    fields: { InvocationType: 'Event' },
    isDone: ({ outcome }) => outcome.state === 'accepted',
  },
  {
    name: 'it still answers after that',
    FunctionName: 'hello',
    isDone: ({ outcome }) => outcome.state === 'succeeded',
  },
];
