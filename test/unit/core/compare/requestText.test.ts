import { parse, type ParseError } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { requestText } from '../../../../src/core/compare/requestText.ts';

const invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'typed' } } as const;

test('a request has the fields that were sent, and the payload with all digits', () => {
  const text = requestText({
    invocation: { ...invocation, Qualifier: 'live', ClientContext: '{"custom":{"n":12345678901234567890}}' },
    payload: { kind: 'json', text: '{\n  "id": 9007199254740993\n}' },
    payloadFile: 'events/hello.json',
    notes: [],
  });
  expect(text.replaceAll(/\s/g, '')).toBe(
    '{"FunctionName":"hello","Qualifier":"live","InvocationType":"RequestResponse","ClientContext":{"custom":{"n":12345678901234567890}},"payloadFile":"events/hello.json","Payload":{"id":9007199254740993}}',
  );
});

test('a payload that is not JSON is a string, and notes are comments', () => {
  const text = requestText({ invocation, payload: { kind: 'text', text: 'a "b"' }, notes: ['Not JSON.', 'Gone.'] });
  const errors: ParseError[] = [];
  expect(parse(text, errors)).toEqual({ FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: 'a "b"' });
  expect(errors).toEqual([]);
  expect(text).toMatch(/\n {2}\/\/ Not JSON\.\n {2}\/\/ Gone\.\n\}$/);
  expect(requestText({ invocation, notes: [] })).not.toContain('Payload');
});
