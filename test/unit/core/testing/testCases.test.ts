import { expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { isInvokeError } from '../../../../src/core/outcome/invokeError.ts';
import { parseCases } from '../../../../src/core/testing/testCases.ts';

function problemOf(text: string): string {
  try {
    parseCases(text, 'cases.json');
  } catch (error) {
    if (isInvokeError(error)) return toSentence(error.reason);
  }
  return '';
}

test('reads JSON Lines, with the exact text of values, and the lines of the rows', () => {
  const text = '\ufeff{"name":"first","id":9007199254740993}\r\n\r\n{"id":1.0,"item":{"a":[1]}}\n';
  expect(parseCases(text, 'cases.jsonl')).toEqual([
    {
      name: 'first',
      values: new Map([
        ['name', '"first"'],
        ['id', '9007199254740993'],
      ]),
      line: 1,
    },
    {
      name: '2',
      values: new Map([
        ['id', '1.0'],
        ['item', '{"a":[1]}'],
      ]),
      line: 3,
    },
  ]);
});

test('reads a JSON array', () => {
  const cases = parseCases('[\n  { "name": "a" },\n  { "n": 1 }\n]', 'cases.json');
  expect(cases.map(({ name, line }) => [name, line])).toEqual([
    ['a', 2],
    ['2', 3],
  ]);
});

test('numbers names that occur more than once', () => {
  const names = parseCases('{"name":"a"}\n{"name":"a"}\n{"name":"b"}', 'cases.jsonl').map(({ name }) => name);
  expect(names).toEqual(['a', 'a (2)', 'b']);
  const taken = parseCases('{"name":"a"}\n{"name":"a"}\n{"name":"a (2)"}\n{"name":"a"}', 'cases.jsonl');
  expect(taken.map(({ name }) => name)).toEqual(['a', 'a (2)', 'a (2) (2)', 'a (3)']);
});

test.each([
  ['', 'cases.json has no rows.'],
  ['[]', 'cases.json has no rows.'],
  ['[1]', 'cases.json must be a JSON array of objects, or JSON Lines with an object on each line.'],
  ['"a"', 'cases.json must be a JSON array of objects, or JSON Lines with an object on each line.'],
  ['{"a":1}\n{"a":}', "cases.json isn't valid JSON (line 2, column 6)."],
  ['[\n{"a":1,}]', "cases.json isn't valid JSON (line 2, column 8)."],
])('%j is invalid: %s', (text, sentence) => {
  expect(problemOf(text)).toBe(sentence);
});
