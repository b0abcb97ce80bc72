import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, formTabs, settledFormTabs, waitUntil } from './workspace.ts';

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

  it('the form that was closed last is reopened by Invoke Function, and by no other command', async () => {
    const run = async (command: string, title: string) => {
      await vscode.commands.executeCommand(`lambdaInvoke.${command}`);
      await waitUntil(() => formTabs().includes(title), `${title} after ${command}`);
    };
    const close = async () => {
      await closeEditors();
      await waitUntil(() => formTabs().length === 0, 'closed forms');
    };
    for (const name of ['first', 'second']) {
      await vscode.env.clipboard.writeText(`aws lambda invoke --function-name ${name} out`);
      await run('importCommand', `Invoke ${name}`);
      await close();
    }
    await run('newForm', 'Invoke Function');
    assert.deepEqual(await settledFormTabs(), ['Invoke Function']);
    await close();
    await run('invokeFunction', 'Invoke second');
    await vscode.commands.executeCommand('lambdaInvoke.invokeFunction');
    assert.deepEqual(await settledFormTabs(), ['Invoke second']);
    await close();
    await run('invokeFunction', 'Invoke second');
  });
});
