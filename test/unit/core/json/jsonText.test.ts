import { describe, expect, test } from 'vitest';
import { findJsonError, prettyJson } from '../../../../src/core/json/jsonText.ts';

describe('prettyJson', () => {
  test('formats objects and arrays', () => {
    expect(prettyJson('{"a":[1,{"b":null}],"c":{},"d":[]}')).toBe(
      ['{', '  "a": [', '    1,', '    {', '      "b": null', '    }', '  ],', '  "c": {},', '  "d": []', '}'].join(
        '\n',
      ),
    );
  });

  test('preserves large numbers, duplicate keys and escapes', () => {
    const tokens = ['12345678901234567890', '1e400', '-0', '1.10', String.raw`"\u00e9\ud800"`, '"{"', '"["'];
    const pretty = prettyJson(`{"x":1,"x":2,"list":[${tokens.join(',')}]}`);
    expect(pretty.match(/"x"/g)).toHaveLength(2);
    for (const token of tokens) expect(pretty).toContain(`    ${token}`);
  });

  test('changes only white space', () => {
    const text = '{ "a" : [ true , "b c" , { } ] }';
    expect(prettyJson(text).replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
  });
});

describe('findJsonError', () => {
  test.each([
    ['{"a": }', { line: 1, column: 7 }],
    ['// no\n{}', { line: 1, column: 1 }],
    ['{}\n{}', { line: 2, column: 1 }],
    ['{"a": 1,}', { line: 1, column: 9 }],
  ])('returns the position in %j', (text, position) => {
    expect(findJsonError(text)).toEqual(position);
  });

  test('returns undefined for valid JSON', () => {
    expect(findJsonError('{"a": [1, 2]}')).toBeUndefined();
  });
});
