import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { parseCases } from '../../core/testing/testCases.ts';
import type { PresetTest, TestedPreset } from '../../core/testing/presetTest.ts';
import { readTestFile, type TestFiles } from './testFiles.ts';

/**
 * The tests of a preset: one, or one for each row of its cases. Rejects with InvokeError if the cases can't be read.
 */
export async function listTests(preset: TestedPreset, files: TestFiles | undefined): Promise<PresetTest[]> {
  const { cases } = preset;
  if (cases === undefined) return [{ preset }];
  if (files === undefined) throw new InvokeError(message('testNeedsFolder'));
  const text = await readTestFile(files, cases);
  if (text === undefined) throw new InvokeError(message('casesMissing', cases));
  return parseCases(text, cases).map((testCase) => ({ preset, testCase }));
}
