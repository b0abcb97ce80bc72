import { expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { parseExpectation } from '../../../../src/core/testing/expectation.ts';

test('every key is optional, and by default the function must not fail', () => {
  expect(parseExpectation('{}')).toEqual({
    errorType: 'none',
    conditions: [],
    ignore: [],
    log: { contains: [], excludes: [] },
  });
});

test('reads all keys, with the exact digits of the payload', () => {
  const json = `{
    "errorType": "any", "StatusCode": 200, "http": { "statusCode": 201, "headers": { "Content-Type": "text/plain" } },
    "Payload": { "id": 9007199254740993 }, "conditions": ["length(items) == \`2\`"], "snapshot": "snapshots/a.json",
    "ignore": ["items[].at"], "maxDurationMs": 500, "maxMemoryMB": 128.5, "log": { "contains": ["a"], "excludes": ["b"] }
  }`;
  expect(parseExpectation(json)).toEqual({
    errorType: 'any',
    StatusCode: 200,
    http: { statusCode: 201, headers: new Map([['content-type', 'text/plain']]) },
    Payload: {
      kind: 'object',
      members: [{ key: 'id', keySource: '"id"', value: { kind: 'number', source: '9007199254740993' } }],
    },
    conditions: ['length(items) == `2`'],
    snapshot: 'snapshots/a.json',
    ignore: [[{ key: 'items' }, 'every', { key: 'at' }]],
    maxDurationMs: 500,
    maxMemoryMB: 128.5,
    log: { contains: ['a'], excludes: ['b'] },
  });
});

test.each([
  ['[]', '"expect" must be an object, such as {"StatusCode": 200}.'],
  [`{"Payload": ${'['.repeat(300)}${']'.repeat(300)}}`, '"expect" is nested too deep. Use at most 200 levels.'],
  ['{"status": 1}', 'Unknown key "status" in "expect".'],
  ['{"errorType": 1}', '"errorType" must be a string.'],
  ['{"StatusCode": "200"}', '"StatusCode" must be an integer from 100 to 599.'],
  ['{"http": {"statusCode": 42}}', '"statusCode" must be an integer from 100 to 599.'],
  ['{"http": {"status": 200}}', '"http" can have'],
  ['{"http": {"headers": {"a": 1}}}', '"http" can have'],
  ['{"conditions": "a"}', '"conditions" must be an array of strings.'],
  ['{"conditions": ["a ="]}', 'Invalid JMESPath expression in "conditions": a =.'],
  ['{"ignore": ["a..b"]}', 'Invalid path: a..b.'],
  ['{"maxDurationMs": -1}', '"maxDurationMs" must be a number of 0 or more.'],
  ['{"log": {"has": []}}', '"log" can have'],
  ['{"log": {"contains": [1]}}', '"contains" must be an array of strings.'],
])('%s is invalid: %s', (json, sentence) => {
  const parsed = parseExpectation(json);
  expect('problem' in parsed ? toSentence(parsed.problem) : '').toContain(sentence);
});
