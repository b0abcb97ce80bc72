import * as vscode from 'vscode';
import type { ExecutionAction, ExecutionView, OpenOperation } from '../../core/durable/executionView.ts';
import { askText } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';

/** A row of the actions for an execution. `ask` resolves with undefined if canceled. */
export interface ActionChoice extends Choice {
  readonly ask: () => Promise<ExecutionAction | undefined>;
}

/** JSON, because the SDKs parse it by default. Other text is sent as it is. */
async function askResult(callbackId: string): Promise<ExecutionAction | undefined> {
  const result = await askText({
    title: vscode.l10n.t('Succeed Callback'),
    prompt: vscode.l10n.t('Result of the callback, such as {"approved":true}. Leave it empty for no result.'),
  });
  return result === undefined ? undefined : { action: 'succeed', callbackId, result };
}

async function askError(callbackId: string): Promise<ExecutionAction | undefined> {
  const ErrorMessage = await askText({
    title: vscode.l10n.t('Fail Callback'),
    prompt: vscode.l10n.t('Error message of the callback'),
  });
  return ErrorMessage === undefined ? undefined : { action: 'fail', callbackId, error: { ErrorMessage } };
}

function endText({ endsAt }: OpenOperation): string | undefined {
  if (endsAt === undefined) return undefined;
  return vscode.l10n.t('until {0}', new Date(endsAt).toLocaleString(vscode.env.language));
}

function actionsOf(operation: OpenOperation): ActionChoice[] {
  const { id, name = id, kind, callbackId } = operation;
  const ends = endText(operation);
  const description = [name, ...(ends === undefined ? [] : [ends])].join(' · ');
  const always = (action: ExecutionAction) => () => Promise.resolve(action);
  if (kind === 'wait')
    return [{ label: vscode.l10n.t('Skip Wait'), description, ask: always({ action: 'skipWait', id }) }];
  if (kind === 'retry')
    return [{ label: vscode.l10n.t('Retry Now'), description, ask: always({ action: 'skipWait', id }) }];
  if (callbackId === undefined) return [];
  return [
    { label: vscode.l10n.t('Succeed Callback'), description, ask: () => askResult(callbackId) },
    { label: vscode.l10n.t('Fail Callback'), description, ask: () => askError(callbackId) },
    { label: vscode.l10n.t('Send Heartbeat'), description, ask: always({ action: 'heartbeat', callbackId }) },
  ];
}

/** What a user can do with an execution. Empty if it has ended. */
export function actionChoices({ status, isSuspended, open }: ExecutionView): ActionChoice[] {
  if (status !== 'RUNNING') return [];
  const resume: ActionChoice = {
    label: vscode.l10n.t('Resume'),
    ask: () => Promise.resolve({ action: 'resume' }),
  };
  const stop: ActionChoice = { label: vscode.l10n.t('Stop'), ask: () => Promise.resolve({ action: 'stop' }) };
  return [...(isSuspended ? [resume] : []), ...open.flatMap(actionsOf), stop];
}
