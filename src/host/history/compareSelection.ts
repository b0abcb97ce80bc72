import * as vscode from 'vscode';
import { COMPARE_SELECTION_CONTEXT } from '../contributions.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { HistoryStore } from './historyStore.ts';

/**
 * The invocation that is selected for a comparison, until it's deleted. Sets the context key of Compare with Selected, which
 * VS Code keeps when it restarts the extension host.
 */
export function createCompareSelection(history: Pick<HistoryStore, 'entries' | 'onDidChange'>) {
  let selected: string | undefined;

  async function select(invocationId: string | undefined): Promise<void> {
    selected = invocationId;
    await vscode.commands.executeCommand('setContext', COMPARE_SELECTION_CONTEXT, invocationId !== undefined);
  }

  const listening = history.onDidChange(() => {
    const isGone = selected !== undefined && history.entries().every(({ invocationId }) => invocationId !== selected);
    if (isGone) reportErrors(select(undefined));
  });
  reportErrors(select(undefined));
  return { get: () => selected, select, dispose: () => listening.dispose() };
}
