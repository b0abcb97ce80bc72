import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import type { ServiceException } from '../../core/outcome/invokeError.ts';
import { summarize } from '../../core/outcome/summary.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { labelled } from './payloadFiles.ts';

function asReceived({ name, message }: ServiceException): string {
  return ` (${name}: ${message})`;
}

/** Shows an outcome in a notification with the button Show. */
export function notifyOutcome(ended: EndedInvocation, showEnded: (ended: EndedInvocation) => void): void {
  const { outcome } = ended.result;
  const exception = 'exception' in outcome && outcome.exception !== undefined ? asReceived(outcome.exception) : '';
  const { invocation } = ended.order;
  const { payload } = invocation;
  const [file] = payload.kind === 'file' ? labelled([payload.uri]) : [];
  const name = `${describeFunction(invocation)}${file === undefined ? '' : ` (${file.label})`}`;
  const text = `${name}: ${sentence(summarize(outcome))}${exception}`;
  const isGood = outcome.state !== 'functionError' && outcome.state !== 'failed';
  notify(isGood ? 'information' : 'error', text, { label: vscode.l10n.t('Show'), run: () => showEnded(ended) });
}
