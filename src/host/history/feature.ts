import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import { keepText } from '../invoking/payloadFiles.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import type { HistoryServices } from './commands.ts';
import type { HistoryNode } from './historyNodes.ts';

const NAMES = [
  'repeatLast',
  'openHistory',
  'clickHistory',
  'repeatHistory',
  'saveHistoryAsPreset',
  'copyHistoryAs',
  'openHistoryFile',
  'pinHistory',
  'unpinHistory',
  'deleteHistory',
  'searchHistory',
  'filterHistory',
  'clearHistoryFilter',
  'clearHistory',
  'compareHistory',
  'selectHistoryForCompare',
  'compareHistoryWithSelected',
  'compareHistoryWithResult',
  'invokeHistoryOnTwoTargets',
  'showHistoryLog',
  'replayHistory',
] as const;

interface HistoryFeature extends Feature<(typeof NAMES)[number] | 'showStatistics'> {
  /** The rows of the view. */
  children(node?: HistoryNode): Promise<HistoryNode[]>;
}

/** Stores the invocations of this workspace, and shows them. */
export function createHistory(
  services: HistoryServices & Pick<Services, 'invocations' | 'statistics'>,
): HistoryFeature {
  const { history, invocations, statistics } = services;
  invocations.listen({
    onDidEnd: (ended) => reportErrors(history.add({ ...ended, order: keepText(ended) })),
  });
  const commands = lazy(async () => (await import('./commands.ts')).createHistoryCommands(services));
  return {
    handlers: {
      ...lazyHandlers(NAMES, commands),
      showStatistics: async (row) => (await statistics()).show(row),
    },
    children: async (node) => (await commands()).children(node),
    dispose: () => vscode.Disposable.from(disposeLoaded(commands), disposeLoaded(statistics), history).dispose(),
  };
}
