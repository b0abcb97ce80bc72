import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, formTabs, waitUntil } from './workspace.ts';

const group = () => vscode.window.tabGroups.activeTabGroup;
const activeIndex = () => group().tabs.findIndex((tab) => tab.isActive);

async function focusTab(index: number): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openEditorAtIndex', index);
  await waitUntil(() => activeIndex() === index, `tab ${index}`);
}

describe('several forms', () => {
  beforeEach(closeEditors);
  afterEach(closeEditors);

  it('the form that was focused last is reused', async () => {
    for (let count = 1; count <= 3; count++) {
      await vscode.commands.executeCommand('lambdaInvoke.newForm');
      await waitUntil(() => formTabs().length === count && activeIndex() === count - 1, `form ${count}`);
    }
    await focusTab(0);
    const document = await vscode.workspace.openTextDocument({ content: '{}', language: 'json' });
    await vscode.window.showTextDocument(document, { preview: false });
    await waitUntil(() => vscode.window.activeTextEditor?.document === document, 'the text editor');
    await vscode.commands.executeCommand('lambdaInvoke.invokeFunction');
    await waitUntil(() => group().activeTab?.input instanceof vscode.TabInputWebview, 'a form');
    assert.equal(activeIndex(), 0);
    assert.equal(formTabs().length, 3);
  });
});
