import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { PresetTest, TestedPreset } from '../../core/testing/presetTest.ts';
import { parseCases, type TestCase } from '../../core/testing/testCases.ts';
import { readTestFile, type TestFiles } from './testFiles.ts';

/** Reads a file with cases. `path` is relative to the folder. Rejects with InvokeError. */
export async function readCases(path: string, files: TestFiles | undefined): Promise<TestCase[]> {
  if (files === undefined) throw new InvokeError(message('testNeedsFolder'));
  const text = await readTestFile(files, path);
  if (text === undefined) throw new InvokeError(message('casesMissing', path));
  return parseCases(text, path);
}

/**
 * The tests of a preset: one, or one for each row of its cases. Rejects with InvokeError if the cases can't be read.
 */
export async function listTests(preset: TestedPreset, files: TestFiles | undefined): Promise<PresetTest[]> {
  const { cases } = preset;
  if (cases === undefined) return [{ preset }];
  return (await readCases(cases, files)).map((testCase) => ({ preset, testCase }));
}
