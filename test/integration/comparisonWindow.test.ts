import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { storedPresets } from '../../src/host/presets/presetFiles.ts';
import type { Part } from '../../src/host/compare/comparisonTexts.ts';
import { compareUris, parseCompareUri, type ComparedIds } from '../../src/host/compare/compareUri.ts';
import { acceptAll, closeEditors, openPresetFiles, waitUntil, withPresets, writeFile } from './workspace.ts';

const PRESETS = `{
  "presets": [{ "name": "compared", "FunctionName": "hello", "Payload": { "name": "Ada" }, "endpoint": "local" }],
  "localFunctions": { "hello": { "handler": "functions/hello.handler" } }
}`;

/** The comparison in the active tab, as VS Code's multi-diff editor has it. */
function activeComparison(): ComparedIds | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input as
    { readonly textDiffs?: readonly { readonly modified: vscode.Uri }[] } | undefined;
  const uri = input?.textDiffs?.[0]?.modified;
  return uri && parseCompareUri(uri)?.ids;
}

async function activeIds(): Promise<ComparedIds> {
  await waitUntil(() => activeComparison() !== undefined, 'a comparison');
  return activeComparison() as ComparedIds;
}

async function document(ids: ComparedIds, part: Part, at = 0): Promise<vscode.TextDocument> {
  const uri = compareUris(ids, part, { isJson: true, folder: 'hello' })[at];
  assert.ok(uri);
  return vscode.workspace.openTextDocument(uri);
}

describe('Comparisons in the window', () => {
  afterEach(closeEditors);

  /** Invokes a preset on the same target twice, which opens a comparison. */
  async function compareTwoTargets(): Promise<ComparedIds> {
    const files = await openPresetFiles();
    try {
      const stored = storedPresets(await files.read()).find(({ preset }) => preset.name === 'compared');
      const row = { kind: 'preset', stored };
      const outcomes = await acceptAll(
        vscode.commands.executeCommand<{ readonly state: string }[]>('lambdaInvoke.preset.invokeOnTwoTargets', row),
      );
      assert.deepEqual(
        outcomes.map(({ state }) => state),
        ['succeeded', 'succeeded'],
      );
    } finally {
      files.dispose();
    }
    return activeIds();
  }

  it('are opened by a preset on two targets, are read-only, and follow the buttons of the editor', async () => {
    await withPresets(PRESETS, async () => {
      const ids = await compareTwoTargets();
      const figures = await document(ids, 'figures');
      assert.match(figures.getText(), /^Response: +Identical$/m);
      assert.match(figures.getText(), /^Request ID:/m);
      const log = await document(ids, 'log', 1);
      assert.match(log.getText(), /RequestId: [\da-f-]{36}/);
      await vscode.commands.executeCommand('lambdaInvoke.compare.hideTimes');
      await waitUntil(() => /RequestId: …/.test(log.getText()), 'a log without IDs');
      await waitUntil(() => !/^Request ID:/m.test(figures.getText()), 'figures without IDs');
      await vscode.commands.executeCommand('lambdaInvoke.compare.showTimes');
      await waitUntil(() => /RequestId: [\da-f-]{36}/.test(log.getText()), 'a log with IDs');
      assert.equal(vscode.workspace.fs.isWritableFileSystem(figures.uri.scheme), undefined);
    });
  });

  it('are swapped in the same tab', async () => {
    await withPresets(PRESETS, async () => {
      const { left, right } = await compareTwoTargets();
      await vscode.commands.executeCommand('workbench.action.keepEditor');
      await vscode.commands.executeCommand('lambdaInvoke.compare.swapSides');
      await waitUntil(() => activeComparison()?.left === right, 'swapped sides');
      assert.deepEqual(await activeIds(), { left: right, right: left });
      await waitUntil(() => vscode.window.tabGroups.activeTabGroup.tabs.length === 1, 'one tab');
    });
  });

  it('are opened for two selected invocations of the history, the older one at the left', async () => {
    await withPresets(PRESETS, async () => {
      const { left, right } = await compareTwoTargets();
      await closeEditors();
      const row = (invocationId: string, at: number) => ({ kind: 'entry', entry: { invocationId, at } });
      const [older, newer] = [row(left, 1), row(right, 2)];
      await vscode.commands.executeCommand('lambdaInvoke.history.compare', newer, [newer, older]);
      assert.deepEqual(await activeIds(), { left, right });
    });
  });

  it('report no problems of the compared JSON, such as duplicate keys', async () => {
    const duplicate = '{ "name": "Ada", "name": "Bob" }';
    await writeFile('events/duplicate.json', duplicate);
    const presets = PRESETS.replace('"Payload": { "name": "Ada" }', '"payloadFile": "events/duplicate.json"');
    await withPresets(presets, async () => {
      const ids = await compareTwoTargets();
      const request = await document(ids, 'request');
      assert.match(request.getText(), /"name": "Ada",\s+"name": "Bob"/);
      // A document that VS Code validates later.
      const validated = await vscode.workspace.openTextDocument({ language: 'jsonc', content: duplicate });
      await waitUntil(() => vscode.languages.getDiagnostics(validated.uri).length > 0, 'the problems of a document');
      assert.deepEqual(vscode.languages.getDiagnostics(request.uri), []);
    });
  });

  it('show that an invocation was deleted', async () => {
    const ids = { left: 'deleted', right: 'deleted too' };
    for (const isJson of [true, false]) {
      const { [0]: uri } = compareUris(ids, 'response', { isJson, folder: 'hello' });
      const shown = await vscode.workspace.openTextDocument(uri);
      assert.match(shown.getText(), /no longer in the history/);
      // As a comment where VS Code expects JSON.
      assert.equal(shown.getText().startsWith('// '), isJson);
    }
  });
});
