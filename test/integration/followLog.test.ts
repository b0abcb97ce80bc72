import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, waitUntil } from './workspace.ts';

function logTabs(): string[] {
  const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
  return labels.filter((label) => label.startsWith('Log: '));
}

const rowOf = (name: string) => ({ kind: 'function', fn: { name } });

describe('Follow Log', () => {
  afterEach(closeEditors);

  it('follows local functions in a tab that is named for them, while they run and after an invocation', async () => {
    const [hello, chatty] = [rowOf('hello'), rowOf('chatty')];
    await vscode.commands.executeCommand('lambdaInvoke.followLog', hello, [hello, chatty]);
    await waitUntil(() => logTabs().includes('Log: hello and 1 more'), 'a tab for both functions');
    const outcome = await vscode.commands.executeCommand<{ readonly state: string }>(
      'lambdaInvoke.invokePreset',
      'hello',
    );
    assert.equal(outcome.state, 'succeeded');
  });

  it('opens another tab for another function', async () => {
    await vscode.commands.executeCommand('lambdaInvoke.followLog', rowOf('hello'));
    await vscode.commands.executeCommand('lambdaInvoke.followLog', rowOf('chatty'));
    await waitUntil(() => logTabs().length === 2, 'two tabs');
    assert.deepEqual(logTabs().toSorted(), ['Log: chatty', 'Log: hello']);
  });
});
