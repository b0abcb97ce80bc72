import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createLens, createTreeItem, setStatusText, setStatusTooltip } from '../../src/host/ui/labels.ts';
import { closeEditors, openCurrent, PRESETS, waitUntil, withPresets } from './workspace.ts';

const LINK = '[Zen](command:workbench.action.toggleZenMode)';
const PLAIN_LINK = '[Zen] (command:workbench.action.toggleZenMode)';

describe('Untrusted text', () => {
  afterEach(closeEditors);

  it('contains no link in a command error', async () => {
    const run = async () => vscode.commands.executeCommand('lambdaInvoke.invokePreset', LINK);
    await assert.rejects(run, (error: Error) => error.message.includes(`No preset is named "${PLAIN_LINK}"`));
  });

  it('shows invisible characters in the diagnostics of a presets file', async () => {
    const presets = [{ name: 'a', FunctionName: 'hello', 'na\u202eme\n$(gear)': 1 }];
    await withPresets(JSON.stringify({ presets }), async () => {
      const { uri } = await openCurrent(PRESETS);
      const messages = () => vscode.languages.getDiagnostics(uri).map(({ message }) => message);
      await waitUntil(
        () => messages().some((message) => message.includes('na[U+202E]me␊$(gear)')),
        'the diagnostic for the key',
      );
    });
  });

  it('is plain text in rows, lenses and the status bar', () => {
    const row = createTreeItem({ label: 'a\nb', description: '\u202e', tooltip: ['a\nb', LINK] });
    assert.deepEqual([row.label, row.description, row.tooltip], ['a␊b', '[U+202E]', `a␊b\n${LINK}`]);
    const range = new vscode.Range(0, 0, 0, 0);
    const { command } = createLens(range, { icon: 'play', title: 'Run $(gear)\n', command: 'c', arguments: [] });
    assert.equal(command?.title, String.raw`$(play) Run \$(gear)␊`);
    const item = vscode.window.createStatusBarItem();
    setStatusText(item, 'zap', '$(gear)\u200b');
    setStatusTooltip(item, ['a\nb', '$(gear)']);
    assert.equal(item.text, String.raw`$(zap) \$(gear)[U+200B]`);
    assert.equal(item.tooltip, 'a␊b\n$(gear)');
    assert.equal(item.accessibilityInformation?.label, 'a␊b, $(gear)');
    item.dispose();
  });
});
