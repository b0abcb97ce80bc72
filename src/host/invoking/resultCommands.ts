import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { withoutBodies } from '../../app/results.ts';
import { message } from '../../core/messages/messages.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import type { RecalledInvocation } from '../history/historyStore.ts';
import { notify } from '../notify.ts';
import { createButtonClicks } from '../ui/buttonClicks.ts';
import type { Handlers } from '../wiring/feature.ts';
import { resultRows } from './resultRows.ts';
import type { ResultsView } from './resultsView.ts';
import type { RunFiles } from './runFiles.ts';

interface ResultCommandDependencies {
  readonly view: ResultsView;
  readonly runFiles: RunFiles;
  /** A result, with its bodies unless they're gone. */
  readonly recall: (invocationId: string) => Promise<RecalledInvocation | undefined>;
  readonly showEnded: (ended: EndedInvocation) => void;
}

/** The commands of the results view. */
export function createResultCommands({
  view,
  runFiles,
  recall,
  showEnded,
}: ResultCommandDependencies): Pick<
  Handlers,
  'openResult' | 'openResultFile' | 'rerunResult' | 'rerunFailed' | 'rerunAll' | 'clearResults'
> {
  const isFollowingClick = createButtonClicks();

  async function rerun(pick: (uri: string) => boolean): Promise<void> {
    const { batch } = view;
    if (batch === undefined) return;
    const uris = batch.files.map(({ uri }) => uri).filter(pick);
    await runFiles.again(batch, uris);
  }

  /** The result for a form, with a note if its response is gone. */
  async function recallResult(ended: EndedInvocation): Promise<EndedInvocation> {
    const recalled = await recall(ended.invocationId);
    if (recalled?.isDropped === false) return recalled.ended;
    const { outcome } = ended.result;
    const isGone = hasResponse(outcome) && outcome.responseBytes > 0;
    return isGone ? withoutBodies(ended, message('responseNotKept')) : ended;
  }

  return {
    async openResult(row) {
      const state = resultRows(row, undefined)[0]?.file.state;
      if (typeof state !== 'object') return;
      const { order, invocationId, result } = state;
      if (order !== undefined) showEnded(await recallResult({ invocationId, order, result }));
      else if (result.outcome.state === 'failed') notify('error', result.outcome.reason);
    },
    async openResultFile(row) {
      const [first] = resultRows(row, undefined);
      if (first !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(first.file.uri));
    },
    async rerunResult(row, selected) {
      const uris = new Set(resultRows(row, selected).map(({ file }) => file.uri));
      if (isFollowingClick([...uris].join('\n'))) return;
      await rerun((uri) => uris.has(uri));
    },
    async rerunFailed() {
      const failed = new Set(view.batch?.failed);
      await rerun((uri) => failed.has(uri));
    },
    rerunAll: () => rerun(() => true),
    clearResults: () => view.clear(),
  };
}
