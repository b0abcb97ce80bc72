import * as vscode from 'vscode';
import type { ExecutionsView, ExecutionView } from '../../core/durable/executionView.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { LocalProcess } from '../functions/localProcess.ts';
import { askModal, notify } from '../notify.ts';
import { askChoice } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';
import { sentence } from '../ui/localize.ts';
import { showBriefly } from '../ui/progress.ts';
import { actionChoices } from './executionActions.ts';

interface ExecutionChoice extends Choice {
  readonly execution: ExecutionView;
}

function stateOf({ status, isSuspended }: ExecutionView): string {
  if (isSuspended) return vscode.l10n.t('Suspended');
  switch (status) {
    case 'RUNNING':
      return vscode.l10n.t('Running');
    case 'SUCCEEDED':
      return vscode.l10n.t('Succeeded');
    case 'FAILED':
      return vscode.l10n.t('Failed');
    case 'TIMED_OUT':
      return vscode.l10n.t('Timed out');
    case 'STOPPED':
      return vscode.l10n.t('Stopped');
  }
}

function toChoice(execution: ExecutionView): ExecutionChoice {
  const { name, functionName, startedAt, warnings } = execution;
  const [warning] = warnings;
  const time = new Date(startedAt).toLocaleString(vscode.env.language);
  return {
    label: name,
    description: [stateOf(execution), functionName, time].join(' · '),
    ...(warning !== undefined && { icon: 'warning', detail: sentence(warning) }),
    execution,
  };
}

/** Lists and changes the durable executions of the local endpoint. */
export function createExecutionCommands(local: Pick<LocalProcess, 'ask'>) {
  const list = async () => (await local.ask({ what: 'durableExecutions' })) as ExecutionsView;

  /** Asks for an action and does it. Without actions, copies the ARN. */
  async function change(execution: ExecutionView): Promise<void> {
    const { arn, name } = execution;
    const copy = { label: vscode.l10n.t('Copy ARN'), ask: undefined };
    const choices = [...actionChoices(execution), copy];
    const chosen = await askChoice(choices, { title: name, placeHolder: vscode.l10n.t('Select an action') });
    if (chosen?.ask === undefined) {
      if (chosen !== undefined) await vscode.env.clipboard.writeText(arn);
      return;
    }
    const action = await chosen.ask();
    if (action === undefined) return;
    try {
      await local.ask({ what: 'changeExecution', arn, change: action });
    } catch (error) {
      throw new InvokeError(message('durableActionFailed', error instanceof Error ? error.message : String(error)));
    }
    showBriefly(`${chosen.label}: ${name}`);
  }

  return {
    async selectExecution(): Promise<void> {
      const { executions, problems } = await list();
      for (const problem of problems) notify('warning', problem);
      if (executions.length === 0) throw new InvokeError(message('durableNone'));
      const placeHolder = vscode.l10n.t('Select a durable execution');
      const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
      const chosen = await askChoice(executions.map(toChoice), options);
      if (chosen !== undefined) await change(chosen.execution);
    },
    async clearExecutions(): Promise<void> {
      const { executions, problems } = await list();
      if (executions.length === 0 && problems.length === 0) throw new InvokeError(message('durableNone'));
      const clear = vscode.l10n.t('Clear All');
      const answer = await askModal(vscode.l10n.t('Clear the durable executions of this workspace?'), {
        detail: [
          vscode.l10n.t(
            "This stops {0} executions and deletes them with their inputs and results. You can't undo this.",
            executions.length,
          ),
        ],
        answers: [clear],
      });
      if (answer === clear) await local.ask({ what: 'clearExecutions' });
    },
  };
}
