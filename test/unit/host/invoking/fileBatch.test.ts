import { describe, expect, test } from 'vitest';
import { message } from '../../../../src/core/messages/messages.ts';
import { toOutcome, type InvocationResult } from '../../../../src/core/outcome/outcome.ts';
import { FileBatch } from '../../../../src/host/invoking/fileBatch.ts';

const files = (...names: string[]) => names.map((name) => ({ uri: `file:///${name}`, label: name }));
const orderFor = () => Promise.resolve(undefined);

function response(text: string, FunctionError?: string): InvocationResult {
  const Payload = Buffer.from(text);
  const answer = {
    StatusCode: 200,
    Payload,
    connection: { kind: 'local' as const },
    ...(FunctionError !== undefined && { FunctionError }),
  };
  return { outcome: toOutcome(answer, { clientMs: 1, notes: [] }), Payload };
}

function noResponse(state: 'failed' | 'cancelled'): InvocationResult {
  return { outcome: { state, reason: message('notConfirmed'), clientMs: 0, notes: [] } };
}

describe('several files', () => {
  test.each([
    ['a response', response('{"a": 1}'), 'passed'],
    ['an HTTP response', response('{"statusCode": 200}'), 'passed'],
    ['a client error', response('{"statusCode": 404, "body": ""}'), 'warning'],
    ['a server error', response('{"statusCode": 500}'), 'failed'],
    ['a status that isn’t HTTP’s', response('{"statusCode": 5000}'), 'passed'],
    ['a status in a text', response('"{\\"statusCode\\": 500}"'), 'passed'],
    ['a function error', response('{"errorMessage": "no"}', 'Unhandled'), 'failed'],
    ['no response', noResponse('failed'), 'failed'],
    ['a canceled invocation', noResponse('cancelled'), 'stopped'],
  ])('%s has a verdict', (_, result, verdict) => {
    const batch = new FileBatch(files('a'), orderFor);
    batch.end('file:///a', { invocationId: '1', result });
    expect(batch.file('file:///a')?.state).toMatchObject({ verdict });
    expect(batch.failed).toEqual(verdict === 'failed' ? ['file:///a'] : []);
  });

  test('have results without responses, which are in the history', () => {
    const batch = new FileBatch(files('a', 'b'), orderFor);
    batch.end('file:///a', { invocationId: '1', result: response('{"statusCode": 404}') });
    const { state } = batch.file('file:///a') ?? {};
    expect(state).toMatchObject({ invocationId: '1', status: 404, result: { outcome: { responseBytes: 19 } } });
    expect(state).not.toMatchObject({ result: { Payload: expect.anything() } });
    expect(batch.file('file:///b')?.state).toBe('queued');
  });
});
