import { expect, test } from 'vitest';
import { createPositions } from '../../../../src/core/testing/expectPosition.ts';

const TEXT = `{ "presets": [{ "name": "a" }, {
  "name": "b", // the second
  "expect": { "http": { "headers": { "Content-Type": "x" } }, "Payload": { "items": [1, { "id": 2 }] }, "log": { "contains": ["a", "b"] } }
}] }`;

const at = (index: number, ...steps: (string | number)[]) => {
  const range = createPositions(TEXT)(index, steps);
  return range && TEXT.slice(range.start, range.end);
};

test('a part of expect is found with its key', () => {
  expect(at(1, 'expect', 'Payload', 'items', 1, 'id')).toBe('"id": 2');
  expect(at(1, 'expect', 'log', 'contains', 1)).toBe('"b"');
  expect(at(1, 'expect', 'http', 'headers', 'content-type')).toBe('"Content-Type": "x"');
});

test('of a part that is not in expect, the last part that is there is found', () => {
  expect(at(1, 'expect', 'Payload', 'items', 5, 'id')).toBe('"items": [1, { "id": 2 }]');
  expect(at(1, 'expect', 'maxDurationMs')).toMatch(/^"expect": \{ "http"/);
  expect(at(0, 'expect', 'Payload')).toBe('{ "name": "a" }');
  expect(at(7, 'expect')).toBeUndefined();
});
