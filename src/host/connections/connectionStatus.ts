import * as vscode from 'vscode';
import {
  describeConnection,
  describeVariants,
  withChain,
  type ConnectionView,
} from '../../core/connection/connection.ts';
import { setStatusText, setStatusTooltip } from '../ui/labels.ts';
import { sentence } from '../ui/localize.ts';

function describeEndpoint(endpoint: string, from: string | undefined): string {
  return from === undefined
    ? vscode.l10n.t('Endpoint: {0}', endpoint)
    : vscode.l10n.t('Endpoint: {0} ({1})', endpoint, from);
}

/** The connection in the status bar. A click selects another; a protected one has the warning color. */
export class ConnectionStatus {
  readonly #item: vscode.StatusBarItem;

  constructor(item: vscode.StatusBarItem) {
    this.#item = item;
  }

  show(view: ConnectionView): void {
    const item = this.#item;
    const { profile, chain, region, endpoint, endpointSource, accountId, role, problem } =
      view.kind === 'aws' ? view : ({} as Partial<Extract<ConnectionView, { kind: 'aws' }>>);
    const { protectedBy } = view;
    const variants = view.kind === 'aws' ? describeVariants(view) : [];
    const sign = protectedBy === undefined ? 'zap' : 'shield';
    setStatusText(item, problem === undefined ? sign : 'warning', describeConnection(view));
    const account = [accountId, role].filter((part) => part !== undefined).join(' · ');
    const lines = [
      vscode.l10n.t(
        'Lambda Invoke: {0}',
        view.kind === 'local' ? 'Local' : (profile ?? withChain(vscode.l10n.t('Default chain'), chain)),
      ),
      ...(region === undefined ? [] : [vscode.l10n.t('Region: {0}', [region, ...variants].join(' · '))]),
      ...(account === '' ? [] : [vscode.l10n.t('Account: {0}', account)]),
      ...(endpoint === undefined ? [] : [describeEndpoint(endpoint, endpointSource)]),
      ...(protectedBy === undefined ? [] : [vscode.l10n.t('Protected ("{0}"): confirmation required', protectedBy)]),
      ...(problem === undefined ? [] : [sentence(problem)]),
    ];
    setStatusTooltip(item, lines);
    item.backgroundColor =
      protectedBy === undefined ? undefined : new vscode.ThemeColor('statusBarItem.warningBackground');
    item.show();
  }
}
