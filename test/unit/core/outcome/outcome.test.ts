import { describe, expect, test } from 'vitest';
import { parseFunctionError } from '../../../../src/core/outcome/functionError.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { toOutcome, type InvokeResponse } from '../../../../src/core/outcome/outcome.ts';
import { formatBytes, formatMs, summarize } from '../../../../src/core/outcome/summary.ts';
import { toResponseText } from '../../../../src/core/outcome/response.ts';

const utf8 = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const response = (fields: Partial<InvokeResponse>): InvokeResponse => ({
  StatusCode: 200,
  Payload: utf8(null),
  connection: { kind: 'local' },
  ...fields,
});
const completion = { clientMs: 12.3, notes: [] };

describe('toOutcome', () => {
  test.each([
    [200, 'succeeded'],
    [202, 'accepted'],
    [204, 'dryRun'],
  ])('%i is %s', (StatusCode, state) => {
    expect(toOutcome(response({ StatusCode }), completion).state).toBe(state);
  });

  test('a FunctionError means failure, whatever the status code', () => {
    const Payload = utf8({
      errorType: 'TypeError',
      errorMessage: 'x is not a function',
      trace: ['TypeError: …', 'at a'],
    });
    const outcome = toOutcome(response({ FunctionError: 'Unhandled', Payload }), completion);
    expect(outcome).toMatchObject({
      state: 'functionError',
      FunctionError: 'Unhandled',
      functionError: { type: 'TypeError', message: 'x is not a function', stack: ['TypeError: …', 'at a'] },
    });
  });

  test('excludes the body, and decodes log tail and report', () => {
    const LogResult = Buffer.from('REPORT RequestId: a\tDuration: 2.00 ms\n').toString('base64');
    const outcome = toOutcome(response({ LogResult, Payload: utf8('secret') }), completion);
    expect(outcome).toMatchObject({ report: { requestId: 'a', durationMs: 2 }, responseBytes: 8 });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });
});

describe('parseFunctionError', () => {
  test.each<[string, unknown, object]>([
    [
      'Python',
      { errorMessage: 'm', errorType: 'KeyError', requestId: 'r', stackTrace: ['  File "a.py", line 1\n    raise\n'] },
      { type: 'KeyError', message: 'm', stack: ['  File "a.py", line 1', '    raise'], causes: [] },
    ],
    [
      'Java',
      { errorMessage: 'm', errorType: 'E', stackTrace: ['a.b(C.java:1)'] },
      { type: 'E', message: 'm', stack: ['a.b(C.java:1)'], causes: [] },
    ],
    [
      'a Go panic',
      { errorMessage: 'm', errorType: 'e', stackTrace: [{ path: 'main.go', line: 7, label: 'main' }] },
      { type: 'e', message: 'm', stack: ['main.go:7 main'], causes: [] },
    ],
    [
      'an older timeout',
      { errorMessage: '2026 id Task timed out after 1.00 seconds' },
      { message: '2026 id Task timed out after 1.00 seconds', stack: [], causes: [] },
    ],
    ['a text', 'text', { stack: [], causes: [] }],
  ])('reads %s', (_, payload, expected) => {
    expect(parseFunctionError(utf8(payload))).toEqual(expected);
  });

  test('returns no details for invalid JSON', () => {
    expect(parseFunctionError(new TextEncoder().encode('<html>'))).toEqual({ stack: [], causes: [] });
  });
});

describe('outcome texts', () => {
  test('summarize the state, the status code and the time, without the payload', () => {
    const outcome = toOutcome(
      response({ FunctionError: 'Unhandled', Payload: utf8({ errorMessage: 'private' }) }),
      completion,
    );
    expect(toSentence(summarize(outcome))).toBe('function error (200 Unhandled) in 12 ms');
  });

  test('format durations and sizes with their units', () => {
    expect([0.84, 23.4, 1500, 125_000].map(formatMs)).toEqual(['0.8 ms', '23 ms', '1.50 s', '2 min 5 s']);
    expect([1, 17, 1234, 6_291_456].map(formatBytes)).toEqual(['1 byte', '17 bytes', '1.2 kB', '6.3 MB']);
  });
});

describe('toResponseText', () => {
  test.each<[string, Uint8Array, object]>([
    ['an empty body', new Uint8Array(), { kind: 'empty' }],
    ['null', utf8(null), { kind: 'json', text: 'null' }],
    ['HTML', new TextEncoder().encode('<b>'), { kind: 'text', text: '<b>' }],
    ['binary data', Uint8Array.of(0xff, 0x00), { kind: 'binary' }],
  ])('recognizes %s', (_, bytes, expected) => {
    expect(toResponseText(bytes)).toEqual(expected);
  });
});
