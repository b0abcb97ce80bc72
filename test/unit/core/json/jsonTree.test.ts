import { describe, expect, test } from 'vitest';
import { exactDecimal } from '../../../../src/core/json/exactDecimal.ts';
import { parseIgnoredPath, withoutPaths, type IgnoredPath } from '../../../../src/core/json/ignoredPaths.ts';
import { matchJson, onlyExpected, stepsText, subtree, type MatchMode } from '../../../../src/core/json/jsonMatch.ts';
import { readJsonTree, printJsonTree, withSortedKeys, type JsonTree } from '../../../../src/core/json/jsonTree.ts';
import { prettyJson } from '../../../../src/core/json/jsonText.ts';

function tree(text: string): JsonTree {
  const parsed = readJsonTree(text);
  if (parsed === undefined) throw new Error(`invalid: ${text}`);
  return parsed;
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a tree', () => {
  test.each([
    'null',
    '-0.10',
    String.raw`"\u00e4\/"`,
    '{"b":1,"a":{"c":[]},"b":{}}',
    '[9007199254740993,1.0,1E3]',
    nested(200),
  ])('has the digits, the escapes, and all keys of %s', (text) => {
    expect(printJsonTree(tree(text))).toBe(prettyJson(text));
  });

  test.each(['', '{', '[1,]', '{"a":1} 2', '01', nested(201)])('is undefined for %s', (text) => {
    expect(readJsonTree(text)).toBeUndefined();
  });

  test('sorts keys at every level, and leaves duplicate keys in their order', () => {
    const sorted = withSortedKeys(tree('{"b":[{"z":1,"y":2}],"a":1,"b":2,"B":3}'));
    expect(printJsonTree(sorted).replaceAll(/\s/g, '')).toBe('{"B":3,"a":1,"b":[{"y":2,"z":1}],"b":2}');
  });
});

describe('ignored paths', () => {
  function without(text: string, ...paths: readonly string[]): string {
    const parsed = paths.map((path) => parseIgnoredPath(path)).filter((path): path is IgnoredPath => 'length' in path);
    expect(parsed).toHaveLength(paths.length);
    return printJsonTree(withoutPaths(tree(text), parsed)).replaceAll(/\s/g, '');
  }

  test.each([
    ['{"id":1,"a":{"id":2}}', 'id', '{"a":{"id":2}}'],
    ['{"id":1,"a":{"id":2}}', '$.a.id', '{"id":1,"a":{}}'],
    ['{"items":[{"at":1,"n":1},{"at":2}],"at":3}', 'items[].at', '{"items":[{"n":1},{}],"at":3}'],
    ['[{"at":1},{"at":2}]', '[1].at', '[{"at":1},{}]'],
    ['[1,2,3]', '$[0]', '[2,3]'],
    ['{"a":[1,2]}', 'a[]', '{"a":[]}'],
    ['{"a.b":{"c":1},"a":{"b":2}}', '["a.b"].c', '{"a.b":{},"a":{"b":2}}'],
    ['{"id":1,"id":2}', 'id', '{}'],
    ['{"a":1}', 'b.c', '{"a":1}'],
    ['"text"', 'id', '"text"'],
  ])('of %s without %s leave %s', (text, path, expected) => {
    expect(without(text, path)).toBe(expected);
  });

  test('apply to the same value together', () => {
    expect(without('{"a":{"b":1,"c":2,"d":3}}', 'a.b', 'a.c')).toBe('{"a":{"d":3}}');
    expect(without('[{"a":1,"b":2,"c":3},{"a":1,"b":2}]', '[].a', '[0].b')).toBe('[{"c":3},{"b":2}]');
    expect(without('{"a":[{"every":1}]}', 'a[].every', 'a[0]')).toBe('{"a":[]}');
  });

  test.each(['', '$', '.', 'a..b', 'a[', 'a[-1]', 'a]', 'a.', '["a]', '[x]'])('%j is invalid', (path) => {
    expect(parseIgnoredPath(path)).toEqual({ problem: { code: 'ignoredPathInvalid', args: [path] } });
  });
});

test.each([
  ['1', '1.0', '10e-1', '0.1E1'],
  ['9007199254740993', '9007199254740993.00', '9007199254740.993e3'],
  ['0', '-0', '0.00', '0e99'],
  ['-1200', '-1.2e3', '-12e+2'],
  ['1e999999999999999999999', '10e999999999999999999998'],
])('numbers with the value of %s are equal', (first, ...others) => {
  for (const other of others) expect(exactDecimal(other)).toBe(exactDecimal(first));
});

test.each([
  ['9007199254740993', '9007199254740992'],
  ['0.1', '0.10000000000000001'],
  ['1', '-1'],
])('%s and %s differ', (one, other) => {
  expect(exactDecimal(one)).not.toBe(exactDecimal(other));
});

describe('matching', () => {
  function mismatches(expected: string, actual: string, mode: MatchMode = 'subset'): string[] {
    return matchJson(tree(expected), tree(actual), mode).map(({ steps, expected: wanted, actual: found }) =>
      [
        stepsText(steps),
        wanted === undefined ? '' : printJsonTree(wanted),
        found === undefined ? '' : printJsonTree(found),
      ].join(' | '),
    );
  }

  test.each([
    ['{"ok":true}', '{"n":1,"ok":true}'],
    ['{"a":{"b":[{"c":1}]}}', '{"a":{"b":[{"c":1.0,"d":2}],"e":3}}'],
    ['"ä"', String.raw`"\u00e4"`],
    ['{"a":2}', '{"a":1,"a":2}'],
    ['{}', '{"a":1}'],
    ['[]', '[]'],
  ])('%s matches %s', (expected, actual) => {
    expect(mismatches(expected, actual)).toEqual([]);
  });

  test.each([
    ['{"a":{"b":1}}', '{"a":{"b":2}}', ['$.a.b | 1 | 2']],
    ['{"a b":1}', '{}', ['$["a b"] | 1 | ']],
    ['[1,2]', '[2,1]', ['$[0] | 1 | 2', '$[1] | 2 | 1']],
    ['[1]', '[1,2]', ['$[1] |  | 2']],
    ['[1,2]', '[1]', ['$[1] | 2 | ']],
    ['1', '"1"', ['$ | 1 | "1"']],
    ['9007199254740993', '9007199254740992', ['$ | 9007199254740993 | 9007199254740992']],
    ['{"a":null}', '{"a":[]}', ['$.a | null | []']],
  ])('%s doesn’t match %s', (expected, actual, found) => {
    expect(mismatches(expected, actual)).toEqual(found);
  });

  test('of a snapshot finds keys that are new', () => {
    expect(mismatches('{"a":{}}', '{"a":{"b":1},"c":2}', 'exact')).toEqual(['$.a.b |  | 1', '$.c |  | 2']);
  });

  test('the actual value of a diff has only the expected keys, in their order, and equal values as expected', () => {
    const expected = tree('{"b":1.0,"a":{"c":[1,{"d":2}]}}');
    const actual = tree('{"x":0,"a":{"c":[1.00,{"e":0,"d":3},4],"y":0},"b":1}');
    expect(printJsonTree(onlyExpected(expected, actual)).replaceAll(/\s/g, '')).toBe(
      '{"b":1.0,"a":{"c":[1,{"d":3},4]}}',
    );
  });

  test('a value is found by its path', () => {
    const value = tree('{"a":[{"b c":1}]}');
    expect(subtree(value, ['a', 0, 'b c'])).toEqual({ kind: 'number', source: '1' });
    expect(subtree(value, ['a', 1])).toBeUndefined();
    expect(subtree(value, [0])).toBeUndefined();
  });
});
