import * as vscode from 'vscode';
import { describeConnection, type Connection } from '../../core/connection/connection.ts';
import { COMMANDS } from '../contributions.ts';
import { setStatusText } from '../ui/labels.ts';

/** Where the chosen connection is remembered. */
export const CONNECTION_KEY = 'connection';

/**
 * The connection's place in the status bar. Where one was chosen in this workspace it shows at once, as it was chosen; what
 * is known of it comes with the first use.
 */
export function createStatusItem(memento: Pick<vscode.Memento, 'get'>): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('lambdaInvoke.connection', vscode.StatusBarAlignment.Left, 0);
  item.name = vscode.l10n.t('Lambda Connection');
  item.command = COMMANDS.selectProfile;
  const chosen = memento.get<Connection>(CONNECTION_KEY);
  if (chosen !== undefined) {
    setStatusText(item, 'zap', describeConnection(chosen));
    item.show();
  }
  return item;
}
