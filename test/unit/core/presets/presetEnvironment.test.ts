import { expect, test } from 'vitest';
import { checkPresetsFile } from '../../../../src/core/presets/presetsCheck.ts';
import { updatedPreset } from '../../../../src/core/presets/formPreset.ts';
import { presetDraft } from '../../../../src/core/presets/formPreset.ts';
import { presetEnvironment, parseEnvironmentVariables } from '../../../../src/core/presets/presetEnvironment.ts';
import { parsePresetsFile } from '../../../../src/core/presets/presetsFile.ts';
import { presetText } from '../../../../src/core/presets/presetText.ts';
import { presetVariables, resolvePreset } from '../../../../src/core/presets/resolvePreset.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

const file = (environment: string) =>
  `{ "presets": [{ "name": "p", "FunctionName": "f", "endpoint": "local", "environment": ${environment} }] }`;

const presetOf = (environment: string) => {
  const [entry] = parsePresetsFile(file(environment), 'f.json').entries;
  if (entry === undefined) throw new Error('no preset');
  return entry.preset;
};

test('environment sets strings, numbers with their digits, and booleans', () => {
  const { environment = '' } = presetOf('{ "A": "x", "B": 12345678901234567890, "C": 1.50, "D": true, /* e */ }');
  expect(presetEnvironment({ environment })).toEqual({ environment: parseEnvironmentVariables(environment) });
  expect(presetEnvironment({})).toEqual({});
  expect(parseEnvironmentVariables(environment)).toEqual({ A: 'x', B: '12345678901234567890', C: '1.50', D: 'true' });
});

test.each(['"A=1"', '[]', '{ "A": null }', '{ "A": {} }', '{ "A": ["x"] }', '{ "1A": "x" }', '{ "A-B": "x" }', '3'])(
  'the environment %s is invalid',
  (environment) => {
    const { entries, problems } = parsePresetsFile(file(environment), 'f.json');
    expect(entries).toEqual([]);
    expect(problems.map((problem) => toSentence(problem))).toEqual([
      expect.stringContaining('"environment" must be an object of environment variables'),
    ]);
    expect(checkPresetsFile(file(environment))).toHaveLength(1);
  },
);

test('variables in environment are not replaced', () => {
  const preset = presetOf('{ "A": "${nothing}" }');
  expect(checkPresetsFile(file('{ "A": "${nothing}" }'))).toEqual([]);
  expect(presetVariables(preset)).toEqual([]);
  expect(resolvePreset(preset, () => 'x').environment).toBe('{ "A": "${nothing}" }');
});

test('environment is saved unchanged, also when a form updates the preset', () => {
  const preset = presetOf('{ "A": "x", "N": 1.50 }');
  expect(presetText(preset, { indent: '', step: ' ', eol: '' })).toContain('"environment": { "A": "x", "N": 1.50 }');
  const draft = presetDraft({ raw: preset }, (path) => path);
  const content = { draft: { ...draft, Qualifier: 'live' }, connection: { kind: 'local' }, toPath: String } as const;
  const opened = { raw: preset, store: 's', index: 0 };
  expect(updatedPreset(preset, content, opened)).toMatchObject({
    Qualifier: 'live',
    environment: '{ "A": "x", "N": 1.50 }',
  });
});
