import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { expectationOf } from '../../app/testing/runTest.ts';
import type { OpenedPreset } from '../../core/presets/preset.ts';
import type { Expectation } from '../../core/testing/expectation.ts';
import type { TestCase } from '../../core/testing/testCases.ts';
import type { FormPanels } from '../form/formPanels.ts';
import type { HistoryStore } from '../history/historyStore.ts';
import { notify } from '../notify.ts';
import type { Presets } from '../presets/commands.ts';
import { askChoice } from '../ui/ask.ts';
import { acceptExpected, type Accepted } from './acceptExpected.ts';
import { acceptTarget, runItem, type AcceptTarget } from './acceptTarget.ts';
import type { LastResults } from './lastResults.ts';
import type { RunnableTest, StoredTest } from './testNodes.ts';
import type { TestTree } from './testTree.ts';

export interface AcceptCommandDependencies {
  readonly tree: Pick<TestTree, 'collect' | 'presets'>;
  readonly presets: Pick<Presets, 'addSnapshot' | 'testFiles'> & {
    readonly runner: Pick<Presets['runner'], 'expected'>;
    readonly files: Pick<Presets['files'], 'isPresetsFile'>;
  };
  readonly forms: Pick<FormPanels, 'focusedResult'>;
  readonly history: Pick<HistoryStore, 'find'>;
  readonly lastResults: LastResults;
  /** Reads the presets files, which might have changed a moment ago. */
  readonly update: () => Promise<void>;
}

/**
 * Accepts the last response of a test as its snapshot: of the item that the command was called with and those below it, of
 * the result in the focused form, of the preset at the cursor, or of a test that the user selects.
 */
export function createAcceptCommand(dependencies: AcceptCommandDependencies) {
  const { tree, presets, forms, history, lastResults, update } = dependencies;

  /** The last response of a test, as far as it's still kept. */
  async function lastOf({ item, stored, test }: RunnableTest): Promise<Accepted | 'gone' | undefined> {
    const last = lastResults.get(item);
    if (last === undefined) return undefined;
    const recalled = await history.find(last.invocationId);
    if (recalled === undefined || recalled.isDropped) return 'gone';
    const { testCase } = test;
    // "snapshot" and "ignore" might have changed since then.
    const isSame = stored.preset.expect === last.expect;
    const expectation = isSame ? last.expectation : await expectationNow(stored, testCase);
    return expectation && { stored, testCase, ended: recalled.ended, expectation };
  }

  /** `expect` as it is in the file now. Undefined if a prompt is canceled. Rejects with InvokeError. */
  async function expectationNow(stored: StoredTest, testCase?: TestCase): Promise<Expectation | undefined> {
    const expected = await presets.runner.expected(stored, testCase);
    return expected === undefined ? undefined : expectationOf(expected);
  }

  async function acceptItem(item: vscode.TestItem): Promise<void> {
    const last: Awaited<ReturnType<typeof lastOf>>[] = [];
    for (const test of await tree.collect([item])) last.push(await lastOf(test));
    const kept = last.filter((one) => typeof one === 'object');
    if (kept.length > 0) return acceptExpected(kept, presets);
    const text = last.includes('gone')
      ? vscode.l10n.t('The response is no longer in memory. Run the test {0} again.', item.label)
      : vscode.l10n.t('Run the test {0} first.', item.label);
    return notify('information', text, { label: vscode.l10n.t('Run Test'), run: () => runItem(item) });
  }

  async function acceptForm(ended: EndedInvocation, opened: OpenedPreset | undefined): Promise<void> {
    await update();
    // As it is in the file now.
    const found = tree
      .presets()
      .find(({ stored }) => stored.store.uri.toString() === opened?.store && stored.preset.name === opened.raw.name);
    if (found === undefined) {
      return notify('information', vscode.l10n.t('Open a preset with "expect" in the form, and invoke it first.'));
    }
    const { stored } = found;
    const expectation = await expectationNow(stored);
    if (expectation === undefined) return undefined;
    return acceptExpected([{ stored, ended, expectation }], presets);
  }

  function itemInFile(uri: vscode.Uri, fits: (one: Pick<RunnableTest, 'item' | 'stored'>) => boolean) {
    const inFile = tree.presets().filter(({ stored }) => stored.store.uri.toString() === uri.toString());
    return inFile.find(fits)?.item;
  }

  /** The test at the cursor in a presets file. */
  function itemAtCursor(): vscode.TestItem | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !presets.files.isPresetsFile(editor.document.uri)) return undefined;
    const line = new vscode.Position(editor.selection.active.line, 0);
    return itemInFile(editor.document.uri, ({ item }) => item.range?.contains(line) === true);
  }

  async function askItem(): Promise<vscode.TestItem | undefined> {
    const run = (await tree.collect(undefined)).filter(({ item }) => lastResults.has(item));
    if (run.length === 0) {
      notify('information', vscode.l10n.t('Run a test first.'));
      return undefined;
    }
    const rows = run.map(({ item, stored: { preset, store } }) => ({
      label: item.label,
      description: item.label === preset.name ? store.label : preset.name,
      item,
    }));
    const title = vscode.l10n.t('Accept as Expected');
    return (await askChoice(rows, { title, placeHolder: vscode.l10n.t('Select a test') }))?.item;
  }

  async function itemFor(target: AcceptTarget): Promise<vscode.TestItem | undefined> {
    switch (target.kind) {
      case 'item':
        return target.item;
      case 'preset':
        return itemInFile(target.presetsFile, ({ stored }) => stored.index === target.index);
      case 'explorer':
        return askItem();
      case 'focused':
        return itemAtCursor() ?? askItem();
    }
  }

  return async (given?: unknown): Promise<void> => {
    const target = acceptTarget(given);
    const shown = forms.focusedResult;
    if (target.kind === 'focused' && shown !== undefined) return acceptForm(shown.ended, shown.opened);
    await update();
    const item = await itemFor(target);
    return item && acceptItem(item);
  };
}
