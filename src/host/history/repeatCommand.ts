import * as vscode from 'vscode';
import { message } from '../../core/messages/messages.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import type { HistoryStore } from './historyStore.ts';
import type { Run } from '../invoking/runner.ts';
import { describeOrder } from '../invoking/runWithProgress.ts';

/** Repeats the last invocation of this workspace, and shows which one. */
export function createRepeatCommand({ history, run }: { history: Pick<HistoryStore, 'last'>; run: Run }) {
  return async (): Promise<OutcomeSnapshot | undefined> => {
    const last = await history.last();
    if (last === undefined) {
      notify('information', vscode.l10n.t('No invocations in this workspace yet.'));
      return undefined;
    }
    if (last === 'typedPayloadGone') {
      notify('error', message('typedPayloadGone'));
      return undefined;
    }
    const ended = await run(last, vscode.l10n.t('Repeating {0}', describeOrder(last)));
    return toOutcomeSnapshot(ended.result, sentence);
  };
}
