import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, formTabs, until } from './workspace.ts';

const group = () => vscode.window.tabGroups.activeTabGroup;
const place = () => group().tabs.findIndex((tab) => tab.isActive);

async function focusTab(index: number): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openEditorAtIndex', index);
  await until(() => place() === index, `tab ${index}`);
}

describe('several forms', () => {
  beforeEach(closeEditors);
  afterEach(closeEditors);

  it('the one that had the focus last is the one that is used again', async () => {
    for (let count = 1; count <= 3; count++) {
      await vscode.commands.executeCommand('lambdaInvoke.newForm');
      await until(() => formTabs().length === count && place() === count - 1, `form ${count}`);
    }
    await focusTab(0);
    const document = await vscode.workspace.openTextDocument({ content: '{}', language: 'json' });
    await vscode.window.showTextDocument(document, { preview: false });
    await until(() => vscode.window.activeTextEditor?.document === document, 'the text editor');
    await vscode.commands.executeCommand('lambdaInvoke.invokeFunction');
    await until(() => group().activeTab?.input instanceof vscode.TabInputWebview, 'a form');
    assert.equal(place(), 0);
    assert.equal(formTabs().length, 3);
  });
});
