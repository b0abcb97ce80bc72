import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Choice } from '../../src/host/ui/choice.ts';
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

  /** Accepts a row in the window, which the extension host learns after the rows have changed. */
  async function acceptWhileRowsChange(rows: readonly Choice[], changed: readonly Choice[]): Promise<unknown> {
    let answered: unknown = 'nothing';
    const answer = askGrowingChoice({
      title: 'Functions',
      placeholder: 'Select a function',
      find: async (show) => {
        show(rows, true);
        await waitUntil(() => picker.activeItems.length === 1, 'a row is active');
        const accepted = new Promise((resolve) => picker.onDidAccept(resolve));
        void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        show(changed, true);
        await accepted;
      },
    });
    void answer.then((item) => {
      answered = item;
    });
    await waitUntil(() => !picker.busy || answered !== 'nothing', 'all rows are shown or one is chosen');
    const beforeCanceled = answered;
    picker.hide();
    await answer;
    return beforeCanceled;
  }

  const [orders, payments] = [{ label: 'orders' }, { label: 'payments' }];

  it('returns the row that was chosen, not the one that is at its index when VS Code reports it', async () => {
    assert.equal(await acceptWhileRowsChange([payments], [orders, payments]), payments);
  });

  it('ignores a chosen row that is gone when VS Code reports it', async () => {
    assert.equal(await acceptWhileRowsChange([payments], [orders]), 'nothing');
  });
});
