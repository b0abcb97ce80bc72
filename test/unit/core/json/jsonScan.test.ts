import { describe, expect, test } from 'vitest';
import { findJsonError, jsonDepth, prettyJson } from '../../../../src/core/json/jsonText.ts';
import { jsonErrorOffset } from '../../../../src/core/json/jsonScan.ts';
import { random } from '../../../support/random.ts';

const GOOD = [
  'null',
  ' [ ] ',
  '{"a":[1,2.5e-3,-0,1E+9],"b":{"c":"\\u00e9\\n\\ud800"},"d":[[],{}]}',
  '"\u2028"',
  '1e400',
  '{"a":1,"a":2}',
];

test.each(GOOD)('%s is valid JSON', (text) => {
  expect(jsonErrorOffset(text)).toBeUndefined();
});

test.each<[string, number]>([
  ['', 0],
  ['{', 1],
  ['[1,]', 3],
  ['{"a":1,}', 7],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ["{'a':1}", 1],
  ['[1 2]', 3],
  ['[1}', 2],
  ['"a\nb"', 2],
  ['"a\\xb"', 2],
  ['"never ends', 0],
  ['01', 1],
  ['.5', 0],
  ['1.', 1],
  ['+1', 0],
  ['nul', 0],
  ['NaN', 0],
  ['[1] // no', 4],
  ['\ufeff{}', 0],
  ['{}{}', 2],
])('the first error in %j is at %i', (text, offset) => {
  expect(jsonErrorOffset(text)).toBe(offset);
});

test('JSON nested 100,000 levels deep is validated and measured, but not formatted', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(jsonErrorOffset(deep)).toBeUndefined();
  expect(jsonDepth(deep)).toBe(100_000);
  expect(prettyJson(deep)).toBe(deep);
  expect(findJsonError(deep.slice(1))).toEqual({ line: 1, column: 200_000 - 1 });
});

describe('10,000 mutations of JSON', () => {
  const next = random(20_261_122);
  const texts = Array.from({ length: 10_000 }, () => {
    const good = GOOD[next(GOOD.length)] ?? '';
    const at = next(good.length + 1);
    const character = '{}[]:,"\\0123eE+-. tnu/\n'[next(23)] ?? '';
    return next(2) === 0 ? good.slice(0, at) + character + good.slice(at) : good.slice(0, at) + good.slice(at + 1);
  });

  test('are valid exactly if JSON.parse accepts them', () => {
    const differs = texts.filter((text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      return isJson !== (jsonErrorOffset(text) === undefined);
    });
    expect(differs).toEqual([]);
  });

  test('only change in white space when formatted', () => {
    const good = texts.filter((text) => jsonErrorOffset(text) === undefined);
    expect(good.length).toBeGreaterThan(100);
    for (const text of good)
      expect(JSON.stringify(JSON.parse(prettyJson(text)))).toBe(JSON.stringify(JSON.parse(text)));
  });
});
