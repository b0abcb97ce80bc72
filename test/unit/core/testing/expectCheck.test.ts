import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { checkPresetsFile } from '../../../../src/core/presets/presetsCheck.ts';

function check(expected: string, more = ''): { at: string; sentence: string; replacement: string | undefined }[] {
  const text = `{ "presets": [{ "name": "a", "FunctionName": "f", ${more} "expect": ${expected} }] }`;
  return checkPresetsFile(text).map(({ start, end, message, replacement }) => ({
    at: text.slice(start, end),
    sentence: toSentence(message),
    replacement,
  }));
}

describe('expect in a presets file', () => {
  test('is valid with every key, comments, and trailing commas', () => {
    const expected = `{
      "errorType": "none", "StatusCode": 200, "http": { "statusCode": 201, "headers": { "a": "b" }, },
      "Payload": { "id": 9007199254740993 }, // exact
      "conditions": ["length(items) == \`2\`"], "snapshot": "s.json", "ignore": ["items[].at"],
      "maxDurationMs": 5.5, "maxMemoryMB": 128, "log": { "contains": ["a"], "excludes": [] },
    }`;
    expect(check(expected, '"tags": ["${x}"],')).toEqual([]);
  });

  test.each([
    ['{ "payload": {} }', '"payload"', '"Payload"'],
    ['{ "condition": [] }', '"condition"', '"conditions"'],
    ['{ "http": { "statuscode": 200 } }', '"statuscode"', '"statusCode"'],
    ['{ "log": { "contain": ["a"] } }', '"contain"', '"contains"'],
  ])('%s has an unknown key, with a suggestion', (expected, at, replacement) => {
    expect(check(expected)).toMatchObject([{ at, replacement }]);
  });

  test.each([
    ['{ "StatusCode": "ok" }', '"ok"', '"StatusCode" must be an integer from 100 to 599.'],
    ['{ "http": { "statusCode": 99 } }', '{ "statusCode": 99 }', '"statusCode" must be an integer from 100 to 599.'],
    ['{ "conditions": "a" }', '"a"', '"conditions" must be an array of strings.'],
    ['{ "ignore": ["id", "a..b"] }', '"a..b"', 'Invalid path: a..b.'],
    ['{ "maxDurationMs": -1 }', '-1', '"maxDurationMs" must be a number of 0 or more.'],
    ['{ "log": { "contains": "a" } }', '{ "contains": "a" }', '"contains" must be an array of strings.'],
    ['{ "snapshot": 1 }', '1', '"snapshot" must be a string.'],
    ['{ "Payload": "${nobody}" }', '${nobody}', 'Unknown variable ${nobody}.'],
    ['{ "Payload": "${case:id}" }', '${case:id}', '${case:id} needs a file in "cases".'],
  ])('%s is an error at %s', (expected, at, sentence) => {
    expect(check(expected)).toMatchObject([{ at, sentence: expect.stringContaining(sentence) as string }]);
  });

  test('has an error at an invalid JMESPath expression', () => {
    expect(check('{ "conditions": ["a", "length(items", "b"] }')).toMatchObject([
      { at: '"length(items"', sentence: expect.stringContaining('Invalid JMESPath expression') as string },
    ]);
  });

  test('suggests backticks for numbers in a JMESPath expression', () => {
    expect(check('{ "conditions": ["length(items) == 2 && total >= 1.5"] }')).toMatchObject([
      { replacement: '"length(items) == `2` && total >= `1.5`"' },
    ]);
  });

  test('is not checked where it has variables of a case', () => {
    const expected = '{ "StatusCode": "${case:status}", "conditions": ["id == `${case:id}`"] }';
    expect(check(expected, '"cases": "c.jsonl",')).toEqual([]);
  });

  test('has a warning if all cases share a snapshot', () => {
    expect(check('{ "snapshot": "snapshots/order.json" }', '"cases": "c.jsonl",')).toMatchObject([
      { at: '"snapshots/order.json"', replacement: '"snapshots/order-${case:name}.json"' },
    ]);
    expect(check('{ "snapshot": "snapshots/${case:name}.json" }', '"cases": "c.jsonl",')).toEqual([]);
  });
});
