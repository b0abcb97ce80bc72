import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { nearestWord } from '../../../../src/core/messages/nearestWord.ts';
import { checkPresetsFile } from '../../../../src/core/presets/presetsCheck.ts';
import { parsePresetsFile } from '../../../../src/core/presets/presetsFile.ts';

function check(text: string): { at: string; sentence: string; replacement: string | undefined }[] {
  return checkPresetsFile(text).map(({ start, end, message, replacement }) => ({
    at: text.slice(start, end),
    sentence: toSentence(message),
    replacement,
  }));
}

describe('checkPresetsFile', () => {
  test('accepts a valid file', () => {
    const valid = `{ "$schema": "./s.json", "presets": [
      { "name": "a", "group": "g", "FunctionName": "f-\${env:STAGE}", "Payload": { "template": "$\${AWS::Region}" } }
    ], "localFunctions": { "f": { "handler": "a.b", "timeout": 3 } } }`;
    expect(check(valid)).toEqual([]);
  });

  test.each([
    ['functionname', '"FunctionName"'],
    ['FuncionName', '"FunctionName"'],
    ['payload', '"Payload"'],
    ['payloadfile', '"payloadFile"'],
    ['InvokationType', '"InvocationType"'],
  ])('suggests replacing “%s” with %s', (key, replacement) => {
    const [problem] = check(`{ "presets": [{ "name": "a", "FunctionName": "f", "${key}": "x" }] }`);
    expect(problem).toMatchObject({ at: `"${key}"`, replacement });
    expect(problem?.sentence).toContain(`Did you mean ${replacement.slice(1, -1)}?`);
  });

  test('reports an unknown key without a suggestion', () => {
    const text =
      '{ "presets": [{ "name": "a", "FunctionName": "f", "team": "x" }], "extra": 1, "localFunctions": { "f": { "handler": "a.b", "image": 1 } } }';
    expect(check(text).map(({ at, replacement }) => [at, replacement])).toEqual([
      ['"extra"', undefined],
      ['"team"', undefined],
      ['"image"', undefined],
    ]);
    expect(parsePresetsFile(text, '').entries).toHaveLength(1);
  });

  test('marks an invalid variable, also deep in a payload', () => {
    const text =
      '{ "presets": [{ "name": "${a}", "FunctionName": "f", "Payload": { "x": [{ "y": "1 ${nobody} 2" }] } }] }';
    expect(check(text).map(({ at }) => at)).toEqual(['${nobody}']);
  });

  test('marks the first line of an incomplete preset', () => {
    const text = '{ "presets": [\n  {\n    "name": "a"\n  }\n] }';
    expect(check(text)).toEqual([
      { at: '{', sentence: 'Incomplete preset. Add a "FunctionName".', replacement: undefined },
    ]);
  });

  test('reports a duplicate name', () => {
    const text = '{ "presets": [{ "name": "a", "FunctionName": "f" }, { "name": "a", "FunctionName": "g" }] }';
    expect(check(text).map(({ sentence }) => sentence)).toEqual([
      'Duplicate preset name "a". The first preset with this name runs.',
    ]);
  });

  test('reports a duplicate key in a preset', () => {
    const text = '{ "presets": [{ "name": "a", "FunctionName": "f", "FunctionName": "g" }] }';
    expect(check(text).map(({ sentence }) => sentence)).toEqual([
      'Duplicate key "FunctionName". The last value is used.',
    ]);
  });

  test('accepts a payload of any depth', () => {
    const deep = `${'['.repeat(3000)}"\${nobody}"${']'.repeat(3000)}`;
    expect(check(`{ "presets": [{ "name": "a", "FunctionName": "f", "Payload": ${deep} }] }`)).toHaveLength(1);
  });

  test('returns nothing for invalid JSON', () => {
    expect(check('{ "presets": [ { "nam')).toEqual([]);
  });
});

test('nearestWord finds only similar words', () => {
  expect(nearestWord('regoin', ['region', 'group'])).toBe('region');
  expect(nearestWord('team', ['name', 'region'])).toBeUndefined();
});

describe('ClientContext in a preset', () => {
  const read = (value: unknown) =>
    parsePresetsFile(JSON.stringify({ presets: [{ name: 'a', FunctionName: 'f', ClientContext: value }] }), 'f');

  test('may be base64 like in CLI skeletons', () => {
    expect(read(btoa('{"custom":{"a":1}}')).entries[0]?.preset.ClientContext).toBe('{"custom":{"a":1}}');
  });

  test.each(['not base64!', btoa('[1]'), btoa('text'), 7])('%j is rejected', (value) => {
    expect(read(value).problems).toHaveLength(1);
  });
});

test('a payload is sent without trailing commas and comments', () => {
  const text =
    '{ "presets": [{ "name": "a", "FunctionName": "f", "Payload": {"x": [1, /* one */ 2,],\n "s": ",}"}, }, ], }';
  const [entry] = parsePresetsFile(text, '').entries;
  expect(JSON.parse(entry?.preset.Payload ?? '')).toEqual({ x: [1, 2], s: ',}' });
});

test('an empty file has no presets', () => {
  expect(parsePresetsFile('', 'f').problems).toEqual([]);
});
