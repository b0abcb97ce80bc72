import * as vscode from 'vscode';
import { describeConnection, type Connection } from '../../core/connection/connection.ts';
import { EARLY_COMMANDS } from '../contributions.ts';
import { setStatusText } from '../ui/labels.ts';

/** The storage key of the selected connection. */
export const CONNECTION_KEY = 'connection';

/**
 * The status bar item of the connection. Shows a stored selection immediately, and its description after the first use.
 */
export function createStatusItem(memento: Pick<vscode.Memento, 'get'>): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('lambdaInvoke.connection', vscode.StatusBarAlignment.Left, 0);
  item.name = vscode.l10n.t('Lambda Connection');
  item.command = EARLY_COMMANDS.selectProfile;
  const chosen = memento.get<Connection>(CONNECTION_KEY);
  if (chosen !== undefined) {
    setStatusText(item, 'zap', describeConnection(chosen));
    item.show();
  }
  return item;
}
