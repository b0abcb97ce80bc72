import { expect, test } from 'vitest';
import { comparableBody } from '../../../../src/core/compare/comparableBody.ts';

const OPTIONS = { sortsKeys: false, ignoredPaths: [] };
const bytes = (text: string) => new TextEncoder().encode(text);

test('JSON is formatted, with all digits, escapes and duplicate keys', () => {
  expect(comparableBody(bytes('{"b":12345678901234567890,"a":"\\u00e9","a":[1.0]}'), OPTIONS)).toEqual({
    kind: 'json',
    text: '{\n  "b": 12345678901234567890,\n  "a": "\\u00e9",\n  "a": [\n    1.0\n  ]\n}',
  });
});

test('keys are sorted at every level on request, and ignored paths are left out', () => {
  const body = bytes('{"b":{"d":1,"c":2},"a":[{"id":1,"x":2},{"id":2,"x":2}]}');
  expect(comparableBody(body, { sortsKeys: true, ignoredPaths: ['a[].id'] })).toMatchObject({
    text: JSON.stringify({ a: [{ x: 2 }, { x: 2 }], b: { c: 2, d: 1 } }, undefined, 2),
  });
});

test('an ignored path that is invalid leaves nothing out', () => {
  expect(comparableBody(bytes('{"a":1}'), { sortsKeys: false, ignoredPaths: ['a['] })).toMatchObject({
    text: '{\n  "a": 1\n}',
  });
});

test.each<[string, Uint8Array, object]>([
  ['text as received', bytes('not\tJSON'), { kind: 'text', text: 'not\tJSON' }],
  ['JSON nested deeper than 200 levels as received', bytes('['.repeat(300) + ']'.repeat(300)), { kind: 'text' }],
  ['nothing', new Uint8Array(), { kind: 'empty' }],
  ['binary data', new Uint8Array([0xff, 0xfe, 0x00]), { kind: 'binary' }],
])('%s is recognized', (_, body, expected) => {
  expect(comparableBody(body, OPTIONS)).toMatchObject(expected);
});

test('a body of the maximum size is formatted, and a larger one is not', () => {
  const body = bytes('[1]');
  expect(comparableBody(body, OPTIONS, 3)).toMatchObject({ kind: 'json' });
  expect(comparableBody(body, OPTIONS, 2)).toEqual({ kind: 'large' });
});
