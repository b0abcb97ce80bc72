import { expect, test } from 'vitest';
import { parseLocalFunctions } from '../../../../src/core/functions/localFunctions.ts';
import { localFunctionNames, withLocalFunction } from '../../../../src/core/presets/localFunctionEdit.ts';
import { NEW_PRESETS_FILE } from '../../../../src/core/presets/presetsEdit.ts';
import { parse } from 'jsonc-parser';

const functionsOf = (text: string) => parseLocalFunctions((parse(text) as { localFunctions?: unknown }).localFunctions);

test('adds a function to a new file, after other functions, and to a file without functions', () => {
  const first = withLocalFunction(NEW_PRESETS_FILE, 'hello', 'functions/hello.handler');
  expect(functionsOf(first)['hello']?.handler).toBe('functions/hello.handler');
  const second = withLocalFunction(first, 'other', 'functions/other.handler');
  expect(localFunctionNames(second)).toEqual(['hello', 'other']);
  const withoutFunctions = withLocalFunction('{ "presets": [] }', 'hello', 'a.b');
  expect(functionsOf(withoutFunctions)['hello']?.handler).toBe('a.b');
});

test('preserves comments and layout', () => {
  const file = `{
  // what we run
  "localFunctions": {
    "first": { "handler": "a.b" } // the first
  },
  "presets": [] /* none yet */
}
`;
  const edited = withLocalFunction(file, 'second', 'c.d');
  for (const existing of ['// what we run', '"first": { "handler": "a.b" }', '// the first', '/* none yet */'])
    expect(edited).toContain(existing);
  expect(localFunctionNames(edited)).toEqual(['first', 'second']);
  expect(edited).toContain('\n    "second": { "handler": "c.d" }');
});

test('a file without functions has no names', () => {
  expect(localFunctionNames('{ "presets": [] }')).toEqual([]);
  expect(localFunctionNames('{ "localFunctions": [] }')).toEqual([]);
});
