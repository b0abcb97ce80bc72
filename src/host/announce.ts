import * as vscode from 'vscode';
import type { EndedInvocation } from '../app/invocations.ts';
import { describeFunction } from '../core/invocation.ts';
import { summarize } from '../core/summary.ts';
import { sentence } from './localize.ts';

/** Tells an outcome in a notification, with Show. */
export function announce(ended: EndedInvocation, showEnded: (ended: EndedInvocation) => void): void {
  const { outcome } = ended.result;
  const text = `${describeFunction(ended.order.invocation)}: ${sentence(summarize(outcome))}`;
  const show = vscode.l10n.t('Show');
  const isGood = outcome.state !== 'functionError' && outcome.state !== 'failed';
  const tell = isGood ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  void tell(text, show).then((answer) => {
    if (answer === show) showEnded(ended);
  });
}
