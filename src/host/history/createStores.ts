import { createResults } from '../../app/results.ts';
import type { Services } from '../wiring/services.ts';
import { historyFolder } from './historyFolder.ts';
import { HistoryStore } from './historyStore.ts';

/** The results in memory, and the history of this workspace, which shares them. Windows without a workspace share one. */
export function createStores({
  storageUri,
  globalStorageUri,
  workspaceState,
}: Services['context']): Pick<Services, 'results' | 'history'> {
  const results = createResults();
  const folder = historyFolder((storageUri ?? globalStorageUri).fsPath);
  return { results, history: new HistoryStore({ memento: workspaceState, folder, results }) };
}
