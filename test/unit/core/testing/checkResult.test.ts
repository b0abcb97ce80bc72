import { describe, expect, test } from 'vitest';
import { message, toSentence } from '../../../../src/core/messages/messages.ts';
import { toOutcome, type InvokeResponse } from '../../../../src/core/outcome/outcome.ts';
import { checkResult, snapshotText, type TestFailure } from '../../../../src/core/testing/checkResult.ts';
import { parseExpectation, type Expectation } from '../../../../src/core/testing/expectation.ts';

const ID = '8f507cfc-1234-4697-b07a-ac58fc914c95';
const LOG = `START RequestId: ${ID} Version: $LATEST
stored order 17
END RequestId: ${ID}
REPORT RequestId: ${ID}\tDuration: 12.30 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\t
`;

function expectation(expected: string | object): Expectation {
  const parsed = parseExpectation(typeof expected === 'string' ? expected : JSON.stringify(expected));
  if ('problem' in parsed) throw new Error(toSentence(parsed.problem));
  return parsed;
}

function failures(
  payload: string | object,
  expected: string | object,
  { snapshot, ...fields }: Partial<InvokeResponse> & { snapshot?: string } = {},
): TestFailure[] {
  const Payload = new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const response: InvokeResponse = {
    StatusCode: 200,
    Payload,
    requestId: ID,
    LogResult: Buffer.from(LOG).toString('base64'),
    connection: { kind: 'local' },
    ...fields,
  };
  const outcome = toOutcome(response, { clientMs: 1, notes: [] });
  return checkResult({ outcome, Payload }, expectation(expected), snapshot);
}

const sentences = (...given: Parameters<typeof failures>) =>
  failures(...given).map(({ key, message: reason }) => `${key}: ${toSentence(reason)}`);

const FAILED = { FunctionError: 'Unhandled' };
const error = { errorType: 'TypeError', errorMessage: 'boom' };

describe('a result passes', () => {
  test.each([
    [{}, {}],
    [
      { id: 1, extra: true },
      { StatusCode: 200, Payload: { id: 1 } },
    ],
    [{ items: [1, 2] }, { conditions: ['length(items) == `2`', 'items[0] == `1`'] }],
    [
      { statusCode: 201, headers: { 'Content-Type': 'a' } },
      { http: { statusCode: 201, headers: { 'content-type': 'a' } } },
    ],
    [{}, { maxDurationMs: 12.3, maxMemoryMB: 70, log: { contains: ['stored order 17'], excludes: ['ERROR'] } }],
    [
      { id: 7, at: 'now' },
      { Payload: { id: 7, at: 'then' }, ignore: ['at'] },
    ],
  ])('%j with %j', (payload, expected) => {
    expect(sentences(payload, expected)).toEqual([]);
  });

  test('with the expected error type, and with any', () => {
    expect(sentences(error, { errorType: 'TypeError' }, FAILED)).toEqual([]);
    expect(sentences(error, { errorType: 'any' }, FAILED)).toEqual([]);
  });

  test('if its snapshot differs only in order, ignored paths, and the way numbers are written', () => {
    const snapshot = '{ "b": 1.0, "a": [{ "at": 1 }] }';
    expect(sentences({ a: [{ at: 2 }], b: 1 }, { snapshot: 's.json', ignore: ['a[].at'] }, { snapshot })).toEqual([]);
  });
});

test.each([
  [error, {}, FAILED, 'errorType: The function failed: TypeError: boom.'],
  [error, { errorType: 'RangeError' }, FAILED, 'errorType: Expected error type RangeError, but got TypeError.'],
  [{}, { errorType: 'any' }, {}, 'errorType: Expected a function error, but the function succeeded.'],
  [{}, { StatusCode: 202 }, {}, 'StatusCode: Expected StatusCode 202, but got 200.'],
  [{}, { http: { statusCode: 200 } }, {}, "http: The response isn't an HTTP response: it has no statusCode."],
  [{ statusCode: 500 }, { http: { statusCode: 200 } }, {}, 'http: Expected HTTP status 200, but got 500.'],
  [
    { statusCode: 200, headers: { a: 'x' } },
    { http: { headers: { a: 'y' } } },
    {},
    'http: Expected the header a to be "y", but got "x".',
  ],
  ['text', { Payload: {} }, {}, "Payload: The response isn't JSON."],
  [{ a: [{ b: 1 }] }, { Payload: { a: [{ b: 2 }] } }, {}, 'Payload: The response differs from "Payload" at $.a[0].b.'],
  [{ n: 1 }, { conditions: ['n == `2`'] }, {}, 'conditions: The condition n == `2` is false.'],
  [{ n: 1 }, { conditions: ['m'] }, {}, 'conditions: The condition m is null.'],
  [{}, { snapshot: 's.json' }, {}, "snapshot: The snapshot s.json doesn't exist."],
  [
    { a: 1 },
    { snapshot: 's.json' },
    { snapshot: '{}' },
    'snapshot: The response differs from the snapshot s.json at $.a.',
  ],
  ['a', { snapshot: 's.txt' }, { snapshot: 'b' }, 'snapshot: The response differs from the snapshot s.txt.'],
  [{}, { maxDurationMs: 12 }, {}, 'maxDurationMs: The duration is 12.3 ms. The maximum is 12 ms.'],
  [{}, { maxMemoryMB: 64 }, {}, 'maxMemoryMB: The function used 70 MB. The maximum is 64 MB.'],
  [{}, { maxMemoryMB: 64 }, { LogResult: '' }, 'maxMemoryMB: "maxMemoryMB" needs the REPORT line of the log'],
  [{}, { log: { contains: ['paid'] } }, {}, 'log: The log doesn\'t contain "paid".'],
  [{}, { log: { excludes: ['stored'] } }, {}, 'log: The log contains "stored".'],
  [{}, { log: { contains: ['a'] } }, { LogResult: '' }, 'log: "log" needs the log, which is missing.'],
])('%j with %j fails', (payload, expected, fields, sentence) => {
  const found = sentences(payload, expected, fields);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(sentence);
});

describe('a result without a log tail, because the function runs on managed instances', () => {
  const response = { StatusCode: 200, Payload: new Uint8Array(), requestId: ID, connection: { kind: 'aws' } } as const;
  const outcome = toOutcome(response, { clientMs: 1, notes: [] }, { isTailOmitted: true });
  const expected = expectation({ maxDurationMs: 12, maxMemoryMB: 70, log: { contains: ['stored'] } });

  test('fails where it needs the log, and says why', () => {
    const reasons = checkResult({ outcome }, expected).map(({ message: reason }) => toSentence(reason));
    expect(reasons.map((reason) => reason.split('.')[0])).toEqual(
      ['maxDurationMs', 'maxMemoryMB', 'log'].map(
        (key) => `"${key}" needs the log, but functions on managed instances don't return a log tail`,
      ),
    );
  });

  test('is checked with the figures of the whole log, if there is one', () => {
    const reasons = checkResult({ outcome, log: LOG }, expected).map(({ message: reason }) => toSentence(reason));
    expect(reasons).toEqual(['The duration is 12.3 ms. The maximum is 12 ms.']);
  });
});

const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

test('a response that is nested too deep is never as expected, and never a snapshot', () => {
  const tooDeep = nested(300);
  const sentence = 'The response is nested too deep. The maximum is 200 levels.';
  expect(sentences(tooDeep, { Payload: [] })).toEqual([`Payload: ${sentence}`]);
  expect(sentences(tooDeep, { snapshot: 's.json' }, { snapshot: tooDeep })).toEqual([`snapshot: ${sentence}`]);
  expect(sentences(tooDeep, { conditions: ['length(@) == `1`'] })).toEqual([]);
  expect(snapshotText(new TextEncoder().encode(tooDeep), [])).toEqual({ problem: message('testPayloadTooDeep') });
});

test('a binary response is never equal to a snapshot, also to an empty one', () => {
  const outcome = toOutcome(
    { StatusCode: 200, Payload: new Uint8Array([255]), connection: { kind: 'local' } },
    { clientMs: 1, notes: [] },
  );
  const found = checkResult({ outcome, Payload: new Uint8Array([255]) }, expectation({ snapshot: 's' }), '');
  expect(found.map(({ message: reason }) => reason.code)).toEqual(['snapshotBinary']);
});

test('a text that is missing in a truncated log may be in the rest of it, and the message says so', () => {
  const LogResult = Buffer.from(`${'x'.repeat(5000)}\n${LOG}`.slice(-4096)).toString('base64');
  expect(sentences({}, { log: { contains: ['paid'] } }, { LogResult })).toEqual([
    'log: The last 4 KB of the log don\'t contain "paid". Lambda doesn\'t return more.',
  ]);
});

test('64-bit integers are compared exactly', () => {
  expect(failures('{"id":9007199254740992}', '{"Payload":{"id":9007199254740993}}')).toHaveLength(1);
  expect(failures('{"id":9007199254740993}', '{"Payload":{"id":9007199254740993.0}}')).toHaveLength(0);
});

test('a diff has the smallest value that contains all mismatches, and only the expected keys', () => {
  const payload = { a: { b: { c: 1, d: 2, e: 3 }, f: 4 }, g: 5 };
  const [failure] = failures(payload, { Payload: { a: { b: { d: 0, c: 0 } }, g: 5 } });
  expect(failure?.diff).toEqual({
    path: '$.a.b',
    expected: '{\n  "d": 0,\n  "c": 0\n}',
    actual: '{\n  "d": 2,\n  "c": 1\n}',
  });
});

test('a diff with a missing value shows what should contain it', () => {
  const [failure] = failures({ a: { b: 1 } }, { Payload: { a: { b: 1, c: 2 } } });
  expect(failure?.diff).toEqual({ path: '$.a', expected: '{\n  "b": 1,\n  "c": 2\n}', actual: '{\n  "b": 1\n}' });
});

test('without a response, the only failure is the reason', () => {
  const outcome = { state: 'failed', reason: message('regionMissing'), clientMs: 0, notes: [] } as const;
  const found = checkResult({ outcome }, expectation({ StatusCode: 200, errorType: 'any' }));
  expect(found.map(({ message: reason }) => reason.code)).toEqual(['testNoResponse']);
});

test('a snapshot has sorted keys and no ignored paths', () => {
  const bytes = new TextEncoder().encode('{"b":1.50,"a":[{"id":1,"at":2}]}');
  expect(snapshotText(bytes, expectation({ ignore: ['a[].id'] }).ignore)).toBe(
    '{\n  "a": [\n    {\n      "at": 2\n    }\n  ],\n  "b": 1.50\n}\n',
  );
  expect(snapshotText(new TextEncoder().encode('plain text'), [])).toBe('plain text');
  expect(snapshotText(new Uint8Array([255, 254]), [])).toEqual({ problem: message('snapshotBinary') });
});
