import { expect, test } from 'vitest';
import { testFileReferences } from '../../../../src/core/testing/testFileReferences.ts';

test('the files that tests name are found with their place, except those with variables in their path', () => {
  const text = `{ "presets": [
    { "name": "a", "expect": { "snapshot": "s/a.json" } }, // a snapshot
    { "name": "b", "cases": "c/b.jsonl", "expect": { "snapshot": "s/\${case:name}.json" } },
    { "name": "c", "expect": { "snapshot": 3 } },
  ] }`;
  const found = testFileReferences(text).map(({ start, end, ...reference }) => [reference, text.slice(start, end)]);
  expect(found).toEqual([
    [{ kind: 'snapshot', path: 's/a.json', index: 0 }, '"s/a.json"'],
    [{ kind: 'cases', path: 'c/b.jsonl', index: 1 }, '"c/b.jsonl"'],
  ]);
  expect(testFileReferences('')).toEqual([]);
});
