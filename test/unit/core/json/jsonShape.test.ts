import { findNodeAtLocation, getNodeValue } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { strictJson } from '../../../../src/core/json/jsonText.ts';
import { hasTooManyValues, withoutDeepValues } from '../../../../src/core/json/jsonShape.ts';
import { jsonKeyLines } from '../../../../src/core/json/jsonKeyLines.ts';
import { parseJsonc, parseJsonTree } from '../../../../src/core/json/parseJsonc.ts';

const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

describe('deeply nested JSON', () => {
  test.each([
    ['closed lists', deep(20_000)],
    ['open lists', '['.repeat(20_000)],
    ['open objects', '{"a":'.repeat(20_000)],
    ['unmatched closing brackets', '[}'.repeat(20_000)],
    ['brackets after unterminated strings', '"\n['.repeat(20_000)],
    ['brackets after escaped quotes', '["\\"",'.repeat(20_000)],
    ['brackets after comments', '/*]*/[//]\n'.repeat(20_000)],
    ['brackets after a slash', '/['.repeat(20_000)],
  ])("doesn't overflow the stack: %s", (_, text) => {
    expect(() => parseJsonTree(text)).not.toThrow();
    expect(() => parseJsonc(text)).not.toThrow();
  });

  test('keeps its other values and all offsets', () => {
    const text = `{ "a": ${deep(500)}, "b": [[2]], "c": ${deep(300)} }`;
    expect(withoutDeepValues(text)).toHaveLength(text.length);
    const root = parseJsonTree(text);
    const b = root && findNodeAtLocation(root, ['b']);
    expect(b && getNodeValue(b)).toEqual([[2]]);
    expect(b && text.slice(b.offset, b.offset + b.length)).toBe('[[2]]');
    const a = root && findNodeAtLocation(root, ['a']);
    expect(a && text.slice(a.offset, a.offset + a.length)).toBe(deep(500));
  });

  test('is unchanged up to 200 levels', () => {
    expect(withoutDeepValues(deep(200))).toBe(deep(200));
    expect(withoutDeepValues(deep(201))).not.toBe(deep(201));
  });
});

test('only counts values outside strings and comments', () => {
  expect(hasTooManyValues(`["${','.repeat(2_000_000)}"]`)).toBe(false);
  expect(hasTooManyValues(`[1 /*${','.repeat(2_000_000)}*/]`)).toBe(false);
  expect(hasTooManyValues(`[${'1,'.repeat(1_000_001)}1]`)).toBe(true);
});

test('finds the lines of keys, and the last one of duplicates', () => {
  const text =
    '{\n "x": {"A": 1},\n "Resources": {\n  "A": {"B": ["C"]},\n\n  "a\\u0042": 2, "A":\n 3 },\n "y": {"D": 1} }';
  expect([...jsonKeyLines(text, 'Resources')]).toEqual([
    ['A', 6],
    ['aB', 6],
  ]);
});

test('removes all trailing commas', () => {
  expect(strictJson('[[1,],{"a":2,},// c\n3 , ]')).toBe(
    '[[1],{"a":2}, 3  ]'.replace(', 3', ',' + ' '.repeat(0) + '\n3'),
  );
  expect(strictJson(`[${'[1,],'.repeat(20_000)}]`)).toBe(`[${'[1],'.repeat(20_000).slice(0, -1)}]`);
});
