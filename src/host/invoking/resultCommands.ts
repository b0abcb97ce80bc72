import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import type { Handlers } from '../wiring/feature.ts';
import { notify } from '../notify.ts';
import { resultRows } from './resultRows.ts';
import type { ResultsView } from './resultsView.ts';
import type { RunFiles } from './runFiles.ts';

interface ResultCommandDependencies {
  readonly results: ResultsView;
  readonly runFiles: RunFiles;
  readonly showEnded: (ended: EndedInvocation) => void;
}

/** The commands of the results view. */
export function createResultCommands({
  results,
  runFiles,
  showEnded,
}: ResultCommandDependencies): Pick<
  Handlers,
  'openResult' | 'openResultFile' | 'rerunResult' | 'rerunFailed' | 'rerunAll' | 'clearResults'
> {
  async function rerun(pick: (uri: string) => boolean): Promise<void> {
    const { batch } = results;
    if (batch === undefined) return;
    const uris = batch.files.map(({ uri }) => uri).filter(pick);
    await runFiles.again(batch, uris);
  }
  return {
    openResult(row) {
      const state = resultRows(row, undefined)[0]?.file.state;
      if (typeof state !== 'object') return;
      const { order, invocationId, result } = state;
      if (order !== undefined) showEnded({ invocationId, order, result });
      else if (result.outcome.state === 'failed') notify('error', result.outcome.reason);
    },
    async openResultFile(row) {
      const [first] = resultRows(row, undefined);
      if (first !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(first.file.uri));
    },
    async rerunResult(row, selected) {
      const uris = new Set(resultRows(row, selected).map(({ file }) => file.uri));
      await rerun((uri) => uris.has(uri));
    },
    async rerunFailed() {
      const failed = new Set(results.batch?.failed);
      await rerun((uri) => failed.has(uri));
    },
    rerunAll: () => rerun(() => true),
    clearResults: () => results.clear(),
  };
}
