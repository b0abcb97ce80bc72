import { message } from '../messages/messages.ts';
import { InvokeError } from '../outcome/invokeError.ts';
import type { Preset } from '../presets/preset.ts';
import type { PresetEntry } from '../presets/presetsFile.ts';
import type { TestCase } from './testCases.ts';

/** A preset with `expect`. */
export type TestedPreset = Preset & { readonly expect: string };

/** An entry of a presets file whose preset is a test. */
export interface TestedEntry extends PresetEntry {
  readonly preset: TestedPreset;
}

/** A test: a preset, or a row of its cases. */
export interface PresetTest {
  readonly preset: TestedPreset;
  readonly testCase?: TestCase;
}

function isTested(preset: Preset): preset is TestedPreset {
  return preset.expect !== undefined;
}

/** The presets of a file that are tests. A preset without `expect` isn't one. */
export function testedEntries(entries: readonly PresetEntry[]): TestedEntry[] {
  return entries.filter((entry): entry is TestedEntry => isTested(entry.preset));
}

/** The tags of a preset. */
export function tagsOf({ tags }: Pick<Preset, 'tags'>): readonly string[] {
  return tags === undefined ? [] : (JSON.parse(tags) as string[]);
}

/** The JSON of the value that `${case:key}` stands for. Every case has a name. Throws InvokeError if there is none. */
export function caseValue(testCase: TestCase | undefined, key: string): string {
  if (testCase === undefined) throw new InvokeError(message('caseNeedsCases', `\${case:${key}}`));
  const value = testCase.values.get(key) ?? (key === 'name' ? JSON.stringify(testCase.name) : undefined);
  if (value === undefined) throw new InvokeError(message('caseUnknown', testCase.name, key));
  return value;
}

/** `order › empty cart`: the name of a test with its case. */
export function testName({ preset, testCase }: PresetTest): string {
  return testCase === undefined ? preset.name : `${preset.name} › ${testCase.name}`;
}
