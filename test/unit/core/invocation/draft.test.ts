import { describe, expect, test } from 'vitest';
import { EMPTY_DRAFT, isSameDraft, toDraft, toInvocation, type Draft } from '../../../../src/core/invocation/draft.ts';
import { describeFunction } from '../../../../src/core/invocation/invocation.ts';

const full: Draft = {
  FunctionName: ' hello ',
  Qualifier: 'live',
  InvocationType: 'RequestResponse',
  LogType: 'Tail',
  ClientContext: '{"custom":{}}',
  TenantId: 'tenant-1',
  DurableExecutionName: 'run-1',
  InvokeMode: 'BUFFERED',
  payloadKind: 'typed',
  Payload: ' {"a": 1}\n',
  payloadFile: 'file:///a.json',
  hasVariables: false,
  payloadFileVariables: false,
};

describe('toInvocation', () => {
  test('omits empty fields', () => {
    expect(toInvocation({ ...EMPTY_DRAFT, FunctionName: 'hello', Payload: '' })).toEqual({
      FunctionName: 'hello',
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
      payload: { kind: 'none' },
    });
  });

  test('keeps the exact inline payload', () => {
    expect(toInvocation(full).payload).toEqual({ kind: 'typed', text: ' {"a": 1}\n' });
  });

  test('omits LogType and ClientContext for Event', () => {
    const { LogType, ClientContext, DurableExecutionName } = toInvocation({ ...full, InvocationType: 'Event' });
    expect([LogType, ClientContext, DurableExecutionName]).toEqual([undefined, undefined, 'run-1']);
  });

  test('omits DurableExecutionName for a streamed response, and InvokeMode for Event', () => {
    const streamed = { ...full, InvokeMode: 'RESPONSE_STREAM' } as const;
    expect(toInvocation(streamed)).toMatchObject({ InvokeMode: 'RESPONSE_STREAM', LogType: 'Tail' });
    expect(toInvocation(streamed)).not.toHaveProperty('DurableExecutionName');
    expect(toInvocation({ ...streamed, InvocationType: 'Event' })).toMatchObject({ DurableExecutionName: 'run-1' });
    expect(toInvocation({ ...streamed, InvocationType: 'Event' })).not.toHaveProperty('InvokeMode');
  });

  test('omits DurableExecutionName for DryRun', () => {
    expect(toInvocation({ ...full, InvocationType: 'DryRun' })).not.toHaveProperty('DurableExecutionName');
  });

  test('an invocation survives the round trip through a draft', () => {
    const invocation = toInvocation({ ...full, payloadKind: 'file' });
    expect(toInvocation(toDraft(invocation))).toEqual(invocation);
  });
});

test('drafts are compared field by field', () => {
  expect(isSameDraft(full, { ...full })).toBe(true);
  expect(isSameDraft(full, { ...full, Payload: '' })).toBe(false);
});

test.each([
  [{ FunctionName: 'hello' }, 'hello'],
  [{ FunctionName: 'hello', Qualifier: 'live' }, 'hello:live'],
  [{ FunctionName: 'arn:aws:lambda:us-west-2:123456789012:function:hello:7', Qualifier: '7' }, 'hello:7'],
])('%o is described as %s', (invocation, name) => {
  expect(describeFunction(invocation)).toBe(name);
});
