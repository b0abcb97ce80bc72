import * as vscode from 'vscode';
import { notify } from '../notify.ts';

/** Shows that the history is empty. */
export function notifyNoInvocations(): void {
  notify('information', vscode.l10n.t('No invocations in this workspace yet.'));
}
