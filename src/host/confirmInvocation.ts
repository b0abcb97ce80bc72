import * as vscode from 'vscode';
import { confirmingPattern } from '../core/confirm.ts';
import { describeConnection, type Connection } from '../core/connection.ts';
import { describeFunction, type Invocation } from '../core/invocation.ts';
import { setting } from './settings.ts';

function profileOf(connection: Connection): string {
  if (connection.kind === 'local') return 'Local';
  return connection.profile ?? process.env['AWS_PROFILE'] ?? 'default';
}

/** Asks before an invocation that a pattern of `lambdaInvoke.confirm` names; once for several with the same function. */
export async function confirmInvocation(invocation: Invocation, connection: Connection, count = 1): Promise<boolean> {
  const pattern = confirmingPattern(setting('confirm'), invocation, profileOf(connection));
  if (pattern === undefined) return true;
  const invoke = vscode.l10n.t('Invoke');
  const what = [describeFunction(invocation), describeConnection(connection)] as const;
  const question =
    count === 1
      ? vscode.l10n.t('Invoke {0} on {1}?', ...what)
      : vscode.l10n.t('Invoke {0} on {1}, {2} times?', ...what, count);
  const detail = vscode.l10n.t(
    '{0} will run the function. You are asked because “{1}” stands in lambdaInvoke.confirm.',
    invocation.InvocationType,
    pattern,
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, invoke)) === invoke;
}
