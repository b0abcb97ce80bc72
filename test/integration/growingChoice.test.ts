import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askGrowingChoice } from '../../src/host/ui/askGrowingChoice.ts';
import { waitUntil } from './workspace.ts';

describe('A picker that fills while it is open', () => {
  const original = vscode.window.createQuickPick;
  let picker: vscode.QuickPick<vscode.QuickPickItem>;

  beforeEach(() => {
    vscode.window.createQuickPick = <T extends vscode.QuickPickItem>() => {
      const created = original<T>();
      picker = created;
      return created;
    };
  });

  afterEach(() => {
    vscode.window.createQuickPick = original;
  });

  it('activates the first match if a filter was typed before rows were added', async () => {
    const [first, second] = [{ label: 'orders' }, { label: 'payments' }];
    const answer = askGrowingChoice({
      title: 'Functions',
      placeholder: 'Select a function',
      find: async (show) => {
        show([first], false);
        // Requests to the window are in order: when this one returns, the picker shows the row.
        await vscode.commands.getCommands();
        picker.value = 'pay';
        // None of the rows that are added later is active yet.
        show([first, second], false);
        await vscode.commands.getCommands();
      },
    });
    await waitUntil(() => picker.activeItems[0]?.label === 'payments', 'the match is active');
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(await answer, second);
  });

  it('ignores a choice that VS Code reports for another row, because the rows changed meanwhile', async () => {
    const [first, second] = [{ label: 'orders' }, { label: 'payments' }];
    let answered: unknown;
    const answer = askGrowingChoice({
      title: 'Functions',
      placeholder: 'Select a function',
      find: async (show) => {
        show([second], true);
        await waitUntil(() => picker.activeItems.length === 1, 'a row is active');
        // The window accepts its only row. The extension host learns this after it has changed the rows.
        const accepted = new Promise((resolve) => picker.onDidAccept(resolve));
        void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        show([first, second], true);
        await accepted;
      },
    });
    void answer.then((item) => {
      answered = item;
    });
    await waitUntil(() => !picker.busy, 'all rows are shown');
    assert.equal(answered, undefined);
    assert.equal(picker.activeItems[0]?.label, 'payments');
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(await answer, second);
  });
});
