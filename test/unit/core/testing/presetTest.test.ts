import { expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { isInvokeError } from '../../../../src/core/outcome/invokeError.ts';
import { parsePresetsFile } from '../../../../src/core/presets/presetsFile.ts';
import { caseValue, tagsOf, testedEntries, testName } from '../../../../src/core/testing/presetTest.ts';
import { parseCases } from '../../../../src/core/testing/testCases.ts';

test('only presets with expect are tests', () => {
  const { entries } = parsePresetsFile(
    `{ "presets": [{ "name": "a", "FunctionName": "f" }, { "name": "b", "FunctionName": "f", "expect": {}, "tags": ["x"] }] }`,
    'f.json',
  );
  const tested = testedEntries(entries);
  expect(tested.map(({ preset, index }) => [preset.name, index, tagsOf(preset)])).toEqual([['b', 1, ['x']]]);
  expect(entries.map(({ preset }) => tagsOf(preset))).toEqual([[], ['x']]);
});

test('a case has its values as JSON, and always a name', () => {
  const [first, second] = parseCases('[{ "name": "one", "id": 1.50 }, { "id": "x" }]', 'c.json');
  if (first === undefined || second === undefined) throw new Error('no cases');
  expect([caseValue(first, 'id'), caseValue(first, 'name')]).toEqual(['1.50', '"one"']);
  expect([caseValue(second, 'id'), caseValue(second, 'name')]).toEqual(['"x"', '"2"']);
  const preset = { name: 'p', FunctionName: 'f', expect: '{}' };
  expect([testName({ preset }), testName({ preset, testCase: second })]).toEqual(['p', 'p › 2']);
});

test.each([
  [undefined, '${case:id} needs a file in "cases".'],
  [{ name: 'one', values: new Map(), line: 1 }, 'The case "one" has no key "id".'],
])('without the value, it is an error', (testCase, sentence) => {
  let thrown: unknown;
  try {
    caseValue(testCase, 'id');
  } catch (error) {
    thrown = error;
  }
  expect(isInvokeError(thrown) && toSentence(thrown.reason)).toBe(sentence);
});
