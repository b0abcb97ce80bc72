import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { formPreset, presetDraft, updatedPreset } from '../../../../src/core/presets/formPreset.ts';
import type { OpenedPreset, Preset } from '../../../../src/core/presets/preset.ts';
import { addPreset, replacePreset, withPreset } from '../../../../src/core/presets/presetsEdit.ts';
import { parsePresetsFile } from '../../../../src/core/presets/presetsFile.ts';

const FILE = `{
  "presets": [
    {
      "name": "order",
      "FunctionName": "orders",
      "Payload": { "id": 9007199254740993 },
      // What matters
      "expect": {
        "Payload": { "id": 9007199254740993, "price": 1.50 }, // exact
        "ignore": ["at"],
      },
      "tags": ["smoke", /* slow */ "slow"],
      "cases": "cases/orders.jsonl"
    }
  ]
}
`;

function presetOf(text: string): Preset {
  const [entry] = parsePresetsFile(text, 'f.json').entries;
  if (entry === undefined) throw new Error('no preset');
  return entry.preset;
}

/** The preset after a form that showed it was saved with another qualifier. */
function saved(preset: Preset, current = preset): Preset {
  const opened: OpenedPreset = { raw: preset, resolved: preset, store: 's', index: 0 };
  const draft = { ...presetDraft(opened, String), Qualifier: 'live' };
  return updatedPreset(current, { draft, connection: { kind: 'local' }, toPath: String }, opened);
}

describe('expect, tags, and cases', () => {
  test('are read with the exact text of numbers, without comments', () => {
    const { expect: expected = '', tags, cases } = presetOf(FILE);
    expect(expected).toContain('"id": 9007199254740993, "price": 1.50');
    expect(JSON.parse(expected)).toHaveProperty('ignore', ['at']);
    expect(JSON.parse(tags ?? '')).toEqual(['smoke', 'slow']);
    expect(cases).toBe('cases/orders.jsonl');
  });

  test('stay as they are in the file when a form saves the preset', () => {
    const changed = replacePreset(FILE, 0, saved(presetOf(FILE)));
    expect(changed).toBe(
      FILE.replace('"FunctionName": "orders",', '"FunctionName": "orders",\n      "Qualifier": "live",'),
    );
  });

  test('stay as they are now in the file, if they changed after the form was opened', () => {
    const now = FILE.replace('"ignore": ["at"],', '"ignore": ["at", "id"],').replace('"slow"', '"slower"');
    const changed = withPreset(now, saved(presetOf(FILE), presetOf(now)));
    expect(changed).toContain('"ignore": ["at", "id"],\n      },\n      "tags": ["smoke", /* slow */ "slower"]');
  });

  test('are copied to a preset that is saved under another name', () => {
    const opened: OpenedPreset = { raw: presetOf(FILE), resolved: presetOf(FILE), store: 's', index: 0 };
    const content = { draft: presetDraft(opened, String), connection: { kind: 'local' }, toPath: String } as const;
    const savedParts = { profile: true, region: true, endpoint: true };
    const copy = formPreset('copy', content, { savedParts, opened });
    const [, entry] = parsePresetsFile(addPreset(FILE, copy), 'f.json').entries;
    expect(entry?.preset).toEqual({ ...copy, name: 'copy' });
    expect(entry?.preset.expect).toContain('9007199254740993, "price": 1.50');
  });

  test.each([
    ['"expect": "ok"', '"expect" must be an object'],
    ['"tags": "smoke"', '"tags" must be an array of strings'],
    ['"tags": [1]', '"tags" must be an array of strings'],
    ['"cases": []', '"cases" must be'],
  ])('%s is invalid', (member, sentence) => {
    const { entries, problems } = parsePresetsFile(`{"presets": [{"name": "a", "FunctionName": "f", ${member}}]}`, 'f');
    expect(entries).toEqual([]);
    expect(problems.map((problem) => toSentence(problem))).toEqual([expect.stringContaining(sentence)]);
  });
});
