import { describe, expect, test } from 'vitest';
import {
  insertPresetItem,
  addPreset,
  duplicatePreset,
  movePresets,
  NEW_PRESETS_FILE,
  presetNames,
  setPresetKey,
  takePreset,
  withoutPreset,
  withPreset,
  presetSource,
} from '../../../../src/core/presets/presetsEdit.ts';
import { parsePresetsFile, presetsFileError } from '../../../../src/core/presets/presetsFile.ts';
import type { Preset, PresetKey } from '../../../../src/core/presets/preset.ts';
import { random as randomOf } from '../../../support/random.ts';

const FILE = `// head
{
  // above the list
  "presets": [ // behind the bracket

    // a section

    // about one
    { "name": "one", "FunctionName": "f", /* inside one */ "team": "x" }, // behind one
    // about two
    {
      "name": "two",
      // about the qualifier
      "Qualifier": "live", // behind the qualifier
      "FunctionName": "f"
    }, /* behind two */
    {
      "name": "three", // the third
      "FunctionName": "g", "Payload": { "n": 12345678901234567890 /* exact */ }
      // last in three
    }
    // below the last
  ], // behind the list
  "localFunctions": { "hello": { "handler": "a.b" /* where */ } },
  "other": [1, 2] // not ours
}
// end
`;

const commentsOf = (text: string) =>
  (text.match(/"(?:\\.|[^"\\])*"|\/\/[^\r\n]*|\/\*[^]*?\*\//g) ?? []).filter((token) => token.startsWith('/'));

function without(all: readonly string[], some: readonly string[]): string[] {
  const remaining = [...all];
  for (const comment of some) remaining.splice(remaining.indexOf(comment), 1);
  return remaining;
}

/** A comment inside a replaced payload is replaced too. */
function withoutReplacedPayload(comments: readonly string[], before: string, after: string): string[] {
  const isReplaced = before.includes('/* exact */') && !after.includes('/* exact */');
  return without(comments, isReplaced ? ['/* exact */'] : []);
}

describe('an edit of a presets file', () => {
  test('moves a preset together with its comments', () => {
    const text = movePresets(FILE, [1], 0);
    expect(presetNames(text)).toEqual(['two', 'one', 'three']);
    expect(text).toContain('// about two\n    {\n      "name": "two"');
    expect(text).toContain('// about one\n    { "name": "one"');
    expect(text).toContain('"team": "x" }, // behind one');
    expect(text).toMatch(/a section\n\n {4}\/\/ about two/);
    expect(presetsFileError(text, '')).toBeUndefined();
  });

  test('moves several presets in order', () => {
    const file = ['a', 'b', 'c', 'd', 'e'].reduce(
      (text, name) => addPreset(text, { name, FunctionName: 'f' }),
      NEW_PRESETS_FILE,
    );
    expect(presetNames(movePresets(file, [3, 0], 2)).join('')).toBe('badce');
    expect(presetNames(movePresets(file, [0, 1], 5)).join('')).toBe('cdeab');
    expect(presetNames(movePresets(file, [4, 2], 0)).join('')).toBe('ceabd');
    expect(presetNames(movePresets(file, [1], 1)).join('')).toBe('abcde');
    expect(movePresets(file, [1], 2)).toBe(file);
  });

  test('removes a preset and preserves comments around it', () => {
    const text = withoutPreset(FILE, 1);
    expect(presetNames(text)).toEqual(['one', 'three']);
    for (const comment of ['// about two', '/* behind two */', '// about one', '// behind one'])
      expect(text).toContain(comment);
    expect(text).not.toContain('// about the qualifier');
    expect(withoutPreset(withoutPreset(text, 0), 0)).toMatch(/below the last\n {2}\], \/\/ behind the list/);
  });

  test('removes a key and preserves comments around it', () => {
    const text = setPresetKey(FILE, 1, 'Qualifier', undefined);
    expect(commentsOf(text)).toEqual(commentsOf(FILE));
    expect(parsePresetsFile(text, '').entries[1]?.preset).toEqual({ name: 'two', FunctionName: 'f' });
  });

  test('adds a key in the standard order, and comments stay on their lines', () => {
    const text = setPresetKey(FILE, 1, 'InvocationType', 'Event');
    expect(text).toContain(
      '"Qualifier": "live", // behind the qualifier\n      "FunctionName": "f",\n      "InvocationType": "Event"\n',
    );
  });

  test('moves a preset with its comments to another file', () => {
    const { text, item } = takePreset(FILE, 0);
    const other = insertPresetItem(NEW_PRESETS_FILE, item);
    expect(commentsOf(other)).toEqual(['// about one', '/* inside one */', '// behind one']);
    expect([...commentsOf(text), ...commentsOf(other)].toSorted()).toEqual(commentsOf(FILE).toSorted());
    expect(parsePresetsFile(other, '').entries.map(({ preset }) => preset.name)).toEqual(['one']);
  });

  test('duplicates a preset including comments inside it', () => {
    const text = duplicatePreset(FILE, 0, 'one copy');
    expect(presetNames(text)).toEqual(['one', 'one copy', 'two', 'three']);
    expect(presetSource(text, 1)).toBe('{ "name": "one copy", "FunctionName": "f", /* inside one */ "team": "x" }');
  });

  test.each([
    '[]',
    '[ ]',
    '[\n]',
    '[ // none yet\n ]',
    '[{"name":"a"}]',
    '[{"name":"a"},]',
    '[{"name":"a"} // last\n]',
  ])('adds to %j', (list) => {
    const text = `{ "presets": ${list} }`;
    const edited = addPreset(text, { name: 'new', FunctionName: 'f', Payload: '[1]' });
    expect(presetsFileError(edited, '')).toBeUndefined();
    expect(presetNames(edited).at(-1)).toBe('new');
    expect(commentsOf(edited)).toEqual(commentsOf(text));
  });

  test('changes the last of two duplicate keys, and removes both', () => {
    const text = '{ "presets": [{ "name": "a", "FunctionName": "old", "name": "b", "FunctionName": "now" }] }';
    expect(presetNames(text)).toEqual(['b']);
    const changed = withPreset(text, { name: 'b', FunctionName: 'new' });
    expect(parsePresetsFile(changed, '').entries[0]?.preset.FunctionName).toBe('new');
    expect(setPresetKey(text, 0, 'FunctionName', undefined)).not.toContain('FunctionName');
  });

  test('preserves an equal payload with its comments and trailing comma', () => {
    const text = '{ "presets": [{ "name": "a", "FunctionName": "f", "Payload": { "x": 1, /* why */ } }] }';
    expect(setPresetKey(text, 0, 'Payload', '{"x": 1}')).toBe(text);
  });

  test('reports a duplicate presets array', () => {
    const problem = presetsFileError('{\n  "presets": [],\n  "presets": []\n}', 'f.json');
    expect(problem).toEqual({ code: 'presetsTwice', args: ['f.json', 'presets', '3', '3'] });
  });

  test('moves a preset once if its index is repeated', () => {
    const file = ['A', 'B', 'C', 'D'].reduce(
      (text, name) => addPreset(text, { name, FunctionName: 'f' }),
      NEW_PRESETS_FILE,
    );
    expect(presetNames(movePresets(file, [1, 1], 4)).join('')).toBe('ACDB');
  });

  test('detects the indentation of the file, not of a header comment', () => {
    const text = '/*\n * header\n */\n{\n    "presets": [\n        { "name": "a", "FunctionName": "f" }\n    ]\n}\n';
    expect(addPreset(text, { name: 'b', FunctionName: 'f' })).toContain('\n        {\n            "name": "b"');
  });

  test('preserves line endings and indentation', () => {
    const text = '{\r\n\t"presets": [\r\n\t\t{ "name": "a", "FunctionName": "f" }\r\n\t]\r\n}\r\n';
    const edited = addPreset(text, { name: 'b', FunctionName: 'f' });
    expect(edited).toContain('},\r\n\t\t{\r\n\t\t\t"name": "b",\r\n\t\t\t"FunctionName": "f"\r\n\t\t}\r\n\t]');
  });
});

const VALUES: readonly [PresetKey, readonly (string | undefined)[]][] = [
  ['Qualifier', ['live', '7', undefined]],
  ['TenantId', ['a', undefined]],
  ['Payload', ['{"a": 1e400}', 'text // no comment', undefined]],
  ['group', ['orders', 'http://not.a/comment', undefined]],
  ['ClientContext', ['{"custom":{}}', undefined]],
  ['region', ['eu-west-1', undefined]],
];

describe('2,000 seeded edits', () => {
  test.each([1, 2, 3, 4])('of run %i preserve all comments outside of removed text', (seed) => {
    const random = randomOf(seed);
    let text = FILE;
    let other = '{ "presets": [] // the other file\n}';
    for (let count = 0; count < 500; count++) {
      const names = presetNames(text);
      const before = text;
      const index = random(names.length);
      let expected: string[] = commentsOf(before);
      const expectedInOther = commentsOf(other);
      let expectedNames: readonly (string | undefined)[] = names;
      switch (names.length < 2 ? 0 : random(8)) {
        case 0: {
          const preset: Preset = { name: `new ${count}`, FunctionName: 'f', Payload: '{"id": 98765432109876543210}' };
          text = addPreset(text, preset, random(names.length + 1));
          expectedNames = [...names, preset.name];
          break;
        }
        case 1: {
          const [key, values] = VALUES[random(VALUES.length)] ?? ['region', ['x']];
          text = setPresetKey(text, index, key, values[random(values.length)]);
          expected = withoutReplacedPayload(expected, presetSource(before, index), presetSource(text, index));
          break;
        }
        case 2:
          expected = without(expected, commentsOf(presetSource(text, index)));
          text = withoutPreset(text, index);
          expectedNames = names.toSpliced(index, 1);
          break;
        case 3:
          text = duplicatePreset(text, index, `copy ${count}`);
          expected = [...expected, ...commentsOf(presetSource(text, index + 1))];
          expectedNames = [...names, `copy ${count}`];
          break;
        case 4:
        case 5:
          text = movePresets(text, [...new Set([index, random(names.length)])], random(names.length + 1));
          break;
        case 6:
          text = withPreset(text, { name: names[index] ?? '', FunctionName: `g${count}`, Qualifier: '1' });
          expected = withoutReplacedPayload(expected, presetSource(before, index), presetSource(text, index));
          break;
        default: {
          const result = takePreset(text, index);
          text = result.text;
          other = insertPresetItem(other, result.item, random(presetNames(other).length + 1));
          expectedNames = names.toSpliced(index, 1);
        }
      }
      const comments = [...commentsOf(text), ...commentsOf(other)];
      expect(presetNames(text).toSorted()).toEqual(expectedNames.toSorted());
      expect(presetsFileError(text, ''), `edit ${count}\n${before}\n→\n${text}`).toBeUndefined();
      expect(presetsFileError(other, '')).toBeUndefined();
      expect(comments.toSorted(), `edit ${count}\n${before}\n→\n${text}`).toEqual(
        [...expected, ...expectedInOther].toSorted(),
      );
      expect(text).toContain('"other": [1, 2] // not ours\n}\n// end\n');
    }
  });
});
