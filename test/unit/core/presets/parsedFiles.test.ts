import { expect, test } from 'vitest';
import { createParsedFiles } from '../../../../src/core/presets/parsedFiles.ts';

const text = (name: string) => `{ "presets": [{ "name": "${name}", "FunctionName": "f" }, 1] }`;

test('the last text of a presets file is parsed once', () => {
  const parse = createParsedFiles();
  const first = parse('a', text('one'), 'a.json');
  expect(parse('a', text('one'), 'a.json')).toBe(first);
  expect(parse('b', text('one'), 'a.json')).not.toBe(first);
  const second = parse('a', text('two'), 'a.json');
  expect(second.entries.map(({ preset }) => preset.name)).toEqual(['two']);
  expect(parse('a', text('two'), 'b.json').problems).not.toEqual(second.problems);
});
