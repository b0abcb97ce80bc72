import * as vscode from 'vscode';
import type { Results } from '../../app/results.ts';
import { expectationOf } from '../../app/testing/runTest.ts';
import type { OpenedPreset } from '../../core/presets/preset.ts';
import { parsePresetsFile } from '../../core/presets/presetsFile.ts';
import { isTested } from '../../core/testing/presetTest.ts';
import type { FormPanels } from '../form/formPanels.ts';
import { notify } from '../notify.ts';
import type { PresetFiles } from '../presets/presetFiles.ts';
import type { PresetRunner } from '../presets/presetRunner.ts';
import { askChoice } from '../ui/ask.ts';
import { acceptExpected } from './acceptExpected.ts';
import type { LastResults } from './lastResults.ts';
import type { StoredTest } from './testNodes.ts';
import type { TestTree } from './testTree.ts';

export interface AcceptCommandDependencies {
  readonly tree: Pick<TestTree, 'collect' | 'presets' | 'storedOf'>;
  readonly files: Pick<PresetFiles, 'edit' | 'storeOf' | 'text'>;
  readonly runner: Pick<PresetRunner, 'expected'>;
  readonly forms: Pick<FormPanels, 'focusedResult'>;
  readonly results: Pick<Results, 'recall'>;
  readonly lastResults: LastResults;
  readonly ensureListed: () => Promise<void> | undefined;
}

/** VS Code's group of run profiles for `vscode.runTestsById`. */
const RUN_GROUP = 2;

/** The ID of a test in VS Code's commands: those of the controller and all items on its path. */
function testId(item: vscode.TestItem): string {
  return item.parent === undefined ? `lambdaInvoke\0${item.id}` : `${testId(item.parent)}\0${item.id}`;
}

/** The item of a command of the Test Explorer, of the gutter, or of a message. */
function itemOf(given: unknown): vscode.TestItem | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  if ('test' in given) return itemOf(given.test);
  return 'id' in given && 'children' in given ? (given as vscode.TestItem) : undefined;
}

/** The argument of the keybinding in the Test Explorer, which doesn't tell the selected test. */
const EXPLORER = 'explorer';

/** A preset in its file, as quick fixes name it. */
interface PresetReference {
  readonly presetsFile: vscode.Uri;
  readonly index: number;
}

function isReference(given: unknown): given is PresetReference {
  return typeof given === 'object' && given !== null && 'presetsFile' in given;
}

/**
 * Accepts the last response of a test as its snapshot: of the item that the command was called with, of the result in the
 * focused form, of the preset at the cursor, or of a test that the user selects.
 */
export function createAcceptCommand(dependencies: AcceptCommandDependencies) {
  const { tree, files, runner, forms, results, lastResults, ensureListed } = dependencies;

  async function acceptItem(item: vscode.TestItem): Promise<void> {
    const stored = tree.storedOf(item);
    if (stored === undefined) return notify('information', vscode.l10n.t('Select a test.'));
    const last = lastResults.get(item);
    if (last === undefined) {
      return notify('information', vscode.l10n.t('Run the test {0} first.', item.label), {
        label: vscode.l10n.t('Run Test'),
        run: () => vscode.commands.executeCommand('vscode.runTestsById', RUN_GROUP, testId(item)),
      });
    }
    const ended = results.recall(last.invocationId);
    if (ended === undefined) {
      return notify(
        'information',
        vscode.l10n.t('The response is no longer in memory. Run the test {0} again.', item.label),
      );
    }
    return acceptExpected({ stored, ended, expectation: last.expectation }, files);
  }

  async function acceptForm(opened: OpenedPreset | undefined): Promise<void> {
    const shown = forms.focusedResult;
    const store = opened && files.storeOf(vscode.Uri.parse(opened.store));
    if (shown === undefined || opened === undefined || store === undefined) {
      return notify('information', vscode.l10n.t('Open a preset with "expect" in the form, and invoke it first.'));
    }
    // The form has the preset as it was when it was opened.
    const entry = parsePresetsFile((await files.text(store)) ?? '', store.fileLabel).entries.find(
      ({ preset }) => preset.name === opened.raw.name,
    );
    if (entry === undefined || !isTested(entry.preset)) {
      return notify('information', vscode.l10n.t('The preset "{0}" has no "expect".', opened.raw.name));
    }
    const stored: StoredTest = { preset: entry.preset, index: entry.index, store };
    const expected = await runner.expected(stored);
    if (expected === undefined) return undefined;
    return acceptExpected({ stored, ended: shown.ended, expectation: expectationOf(expected) }, files);
  }

  /** The preset at the cursor in a presets file. */
  function itemAtCursor(): vscode.TestItem | undefined {
    const editor = vscode.window.activeTextEditor;
    const store = editor && files.storeOf(editor.document.uri);
    if (editor === undefined || store === undefined) return undefined;
    const cursor = editor.document.offsetAt(editor.selection.active);
    const { entries } = parsePresetsFile(editor.document.getText(), store.fileLabel);
    const at = entries.findLast(({ offset }) => offset <= cursor);
    return tree.presets().find(({ stored }) => {
      const isSameFile = stored.store.uri.toString() === store.uri.toString();
      return isSameFile && stored.index === at?.index && stored.preset.name === at.preset.name;
    })?.item;
  }

  /** The preset of a quick fix. */
  function itemInFile({ presetsFile, index }: PresetReference): vscode.TestItem | undefined {
    const id = presetsFile.toString();
    return tree.presets().find(({ stored }) => stored.store.uri.toString() === id && stored.index === index)?.item;
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

  return async (given?: unknown): Promise<void> => {
    const shown = forms.focusedResult;
    const isGiven = itemOf(given) !== undefined || isReference(given) || given === EXPLORER;
    const isForm = !isGiven && shown !== undefined;
    if (isForm) return acceptForm(shown.opened);
    await ensureListed();
    if (isReference(given)) {
      const item = itemInFile(given);
      return item && acceptItem(item);
    }
    const item = itemOf(given) ?? (given === EXPLORER ? undefined : itemAtCursor()) ?? (await askItem());
    return item && acceptItem(item);
  };
}
