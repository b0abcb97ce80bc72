import { listTests } from '../app/testing/listTests.ts';
import type { TestFiles } from '../app/testing/testFiles.ts';
import { createLineCounter } from '../core/json/lineCounter.ts';
import { message, type Message } from '../core/messages/messages.ts';
import { isInvokeError } from '../core/outcome/invokeError.ts';
import {
  isTested,
  tagsOf,
  testedEntries,
  testName,
  type PresetTest,
  type TestedEntry,
} from '../core/testing/presetTest.ts';
import type { TestOptions } from './testArguments.ts';
import { presetNamed } from './presetNamed.ts';
import type { TestReport } from './reports/testReport.ts';
import { sentenceOf } from './sentenceOf.ts';
import { UsageError } from './usageError.ts';
import { PRESETS_PATH, type WorkspacePresets } from './workspaceFiles.ts';

/** A selected test, and what its report says about it. */
export interface SelectedTest {
  readonly test: PresetTest;
  readonly about: Pick<TestReport, 'name' | 'preset' | 'case' | 'group' | 'tags' | 'file' | 'line'>;
  /** Why its cases can't be read. */
  readonly problem?: Message;
}

type Selection = Pick<TestOptions, 'presets' | 'tags'>;

function namedEntries(names: readonly string[], presets: WorkspacePresets): TestedEntry[] {
  const untested = names.find((name) => !isTested(presetNamed(name, presets, 'test').preset));
  if (untested !== undefined)
    throw new UsageError(`The preset "${untested}" has no "expect", so it isn't a test.`, 'test');
  return testedEntries(presets.file.entries).filter(({ preset }) => names.includes(preset.name));
}

/** The presets that the options select, in the order of the file. Throws UsageError if there are none. */
function selectedEntries({ presets: names, tags }: Selection, presets: WorkspacePresets): TestedEntry[] {
  const { text, file } = presets;
  if (text === undefined) throw new UsageError(`${PRESETS_PATH} doesn't exist in the workspace folder.`, 'test');
  // An invalid preset could be a test, which must not be left out silently.
  if (names.length === 0 && file.problems.length > 0)
    throw new UsageError(file.problems.map((problem) => sentenceOf(problem)).join('\n'), 'test');
  const entries = names.length === 0 ? testedEntries(file.entries) : namedEntries(names, presets);
  const selected = entries.filter(
    ({ preset }) => tags.length === 0 || tagsOf(preset).some((tag) => tags.includes(tag)),
  );
  if (selected.length > 0) return selected;
  const which = tags.length === 0 ? '' : ` with the tag ${tags.map((tag) => `"${tag}"`).join(' or ')}`;
  throw new UsageError(`No preset${which} in ${PRESETS_PATH} has "expect".`, 'test');
}

/** The selected tests, with a test for each row of the cases. Throws UsageError if there are none. */
export async function selectTests(
  selection: Selection,
  presets: WorkspacePresets,
  files: TestFiles,
): Promise<SelectedTest[]> {
  const lineAt = createLineCounter(presets.text ?? '');
  const tests: SelectedTest[] = [];
  for (const { preset, offset } of selectedEntries(selection, presets)) {
    const { name, group } = preset;
    const about = {
      name,
      preset: name,
      ...(group !== undefined && group !== '' && { group }),
      tags: tagsOf(preset),
      file: PRESETS_PATH,
      line: lineAt(offset),
    };
    try {
      for (const test of await listTests(preset, files)) {
        const { testCase } = test;
        tests.push({ test, about: { ...about, name: testName(test), ...(testCase && { case: testCase.name }) } });
      }
    } catch (error) {
      const problem = isInvokeError(error) ? error.reason : message('unexpected', String(error));
      tests.push({ test: { preset }, about, problem });
    }
  }
  return tests;
}
