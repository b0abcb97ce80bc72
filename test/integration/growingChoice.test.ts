import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Choice } from '../../src/host/ui/choice.ts';
import { askGrowingChoice } from '../../src/host/ui/askGrowingChoice.ts';
import { waitUntil } from './workspace.ts';

const orders = { label: 'orders' };
const payments = { label: 'payments' };

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
    const answer = askGrowingChoice({
      title: 'Functions',
      placeholder: 'Select a function',
      find: async (show) => {
        show([orders], false);
        // Requests to the window are in order: when this one returns, the picker shows the row.
        await vscode.commands.getCommands();
        picker.value = 'pay';
        // None of the rows that are added later is active yet.
        show([orders, payments], false);
        await vscode.commands.getCommands();
      },
    });
    await waitUntil(() => picker.activeItems[0]?.label === 'payments', 'the match is active');
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(await answer, payments);
  });

  /** Filters rows, and adds one before the extension host learns which row matches. */
  async function addRowWhileFiltering(show: (rows: readonly Choice[], isComplete: boolean) => void): Promise<void> {
    show([orders], false);
    await vscode.commands.getCommands();
    picker.value = 'ord';
    // VS Code sends the text with a timer.
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(picker.activeItems.length, 0);
    show([orders, payments], false);
  }

  it('leaves the match active when rows are added while a filter is typed', async () => {
    const answer = askGrowingChoice({
      title: 'Functions',
      placeholder: 'Select a function',
      find: async (show) => {
        await addRowWhileFiltering(show);
        await waitUntil(() => picker.items.length === 2, 'the row is added');
        await vscode.commands.getCommands();
        await waitUntil(() => picker.activeItems[0]?.label === 'orders', 'the match is active');
        picker.hide();
      },
    });
    assert.equal(await answer, undefined);
  });

  it('accepts the match that was active until rows were added', async () => {
    let accept = () => {};
    // Instead of the window, which deactivates the match only until it is activated again.
    const createdAs = vscode.window.createQuickPick;
    vscode.window.createQuickPick = <T extends vscode.QuickPickItem>() => {
      const created = createdAs<T>();
      return new Proxy(created, {
        get(target, key) {
          if (key === 'activeItems' || key === 'selectedItems') return [];
          if (key === 'onDidAccept')
            return (listener: () => void) => {
              accept = listener;
            };
          const value: unknown = Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
        set: (target, key, value) => Reflect.set(target, key, value),
      });
    };
    const answer = askGrowingChoice({
      title: 'Functions',
      placeholder: 'Select a function',
      find: async (show) => {
        await addRowWhileFiltering(show);
        await waitUntil(() => picker.activeItems[0]?.label === 'orders', 'the match is active');
        accept();
        await new Promise(() => undefined);
      },
    });
    assert.equal(await answer, orders);
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

  it('returns the row that was chosen, not the one that is at its index when VS Code reports it', async () => {
    assert.equal(await acceptWhileRowsChange([payments], [orders, payments]), payments);
  });

  it('ignores a chosen row that is gone when VS Code reports it', async () => {
    assert.equal(await acceptWhileRowsChange([payments], [orders]), 'nothing');
  });
});
