import * as vscode from 'vscode';
import { describeConnection } from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { entriesOfFunction, type FunctionTarget } from '../../core/history/functionHistory.ts';
import { samplesOf } from '../../core/history/statistics.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { parseFromStatistics, type ToStatistics } from '../../protocol/statistics.ts';
import type { Services } from '../wiring/services.ts';
import { setTabTitle } from '../ui/labels.ts';
import { scriptPage } from '../ui/scriptPage.ts';

export type StatisticsServices = Pick<Services, 'context' | 'history'>;

/** Without its version or alias, because the statistics include all of them. */
export function nameOf({ FunctionName }: FunctionTarget): string {
  return parseFunctionName(FunctionName)?.name ?? describeFunction({ FunctionName });
}

function snapshot({ history }: StatisticsServices, target: FunctionTarget): ToStatistics {
  const entries = entriesOfFunction(history.entries(), target);
  const used = entries.map(({ outcome }) => outcome).find((outcome) => 'StatusCode' in outcome);
  const arnRegion = parseFunctionName(target.FunctionName)?.region;
  return {
    name: nameOf(target),
    // As it was used, with the region of the profile.
    place: describeConnection(used?.connection ?? target.connection, arnRegion),
    samples: samplesOf(entries).toReversed(),
  };
}

/** Opens the statistics of a function in a tab, which follows the history until it is closed. */
export function createStatisticsPanel(services: StatisticsServices, target: FunctionTarget): vscode.WebviewPanel {
  const { context, history } = services;
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  const title = vscode.l10n.t('Statistics: {0}', nameOf(target));
  const panel = vscode.window.createWebviewPanel('lambdaInvoke.statistics', '', vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [dist],
  });
  setTabTitle(panel, title);
  panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.svg');
  const post = () => void panel.webview.postMessage(snapshot(services, target));
  const listening = vscode.Disposable.from(
    history.onDidChange(post),
    panel.webview.onDidReceiveMessage((received: unknown) => {
      switch (parseFromStatistics(received)?.type) {
        case 'ready':
          return post();
        case 'close':
          return panel.dispose();
        case undefined:
          return undefined;
      }
    }),
  );
  panel.onDidDispose(() => listening.dispose());
  panel.webview.html = scriptPage(panel.webview, dist, 'statistics');
  return panel;
}
