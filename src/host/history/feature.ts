import * as vscode from 'vscode';
import { createResults } from '../../app/results.ts';
import type { Feature } from '../wiring/feature.ts';
import { keepText } from '../invoking/payloadFiles.ts';
import type { Services } from '../wiring/services.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { HistoryStore } from './historyStore.ts';
import { createRepeatCommand } from './repeatCommand.ts';

/** The results in memory, and the history of this workspace, which shares them. Windows without a workspace share one. */
export function createStores({
  storageUri,
  globalStorageUri,
  workspaceState,
}: Services['context']): Pick<Services, 'results' | 'history'> {
  const results = createResults();
  const { fsPath } = vscode.Uri.joinPath(storageUri ?? globalStorageUri, 'history');
  return { results, history: new HistoryStore({ memento: workspaceState, folder: fsPath, results }) };
}

/** Stores the invocations of this workspace, and repeats the last one. */
export function createHistory({
  history,
  invocations,
  run,
}: Pick<Services, 'history' | 'invocations' | 'run'>): Feature<'repeatLast'> {
  invocations.listen({
    onDidEnd: (ended) => reportErrors(history.add({ ...ended, order: keepText(ended.order) })),
  });
  return { handlers: { repeatLast: createRepeatCommand({ history, run }) }, dispose: () => history.dispose() };
}
