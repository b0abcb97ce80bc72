import * as vscode from 'vscode';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { parseFunctionError } from '../../core/outcome/functionError.ts';
import type { InvokeResponse } from '../../core/outcome/outcome.ts';
import { placeholderAdvice } from '../../core/outcome/placeholderAdvice.ts';
import { reportUntil, type ReportPrompt } from '../../app/waits.ts';
import type { Question } from '../connections/confirmInvocation.ts';
import type { askModal } from '../notify.ts';
import type { LocalProcess } from './localProcess.ts';

export interface Placeholders {
  /**
   * Requires confirmation before a local function with placeholders runs with the user's credentials: a placeholder can be
   * the name of a real resource. Asks once for each function and set of variables. False means don't invoke.
   */
  confirm(
    question: Pick<Question, 'invocation' | 'environment'>,
    signal?: AbortSignal,
    reportPrompt?: ReportPrompt,
  ): Promise<boolean>;
  /** Adds advice to the error of a local function if placeholders might be the cause. */
  explain(
    functionName: string,
    response: InvokeResponse,
    environment?: Question['environment'],
  ): Promise<InvokeResponse>;
}

/** The environment variables of local functions that have a placeholder instead of a value of the deployed stack. */
export function createPlaceholders(local: Pick<LocalProcess, 'ask'>, askUser: typeof askModal): Placeholders {
  /** The answers of this window. An open dialog answers concurrent invocations as well. */
  const answers = new Map<string, Promise<boolean>>();

  /** The placeholders that `environment` doesn't override. */
  async function placeholdersOf(functionName: string, environment: Question['environment'] = {}): Promise<string[]> {
    const name = parseFunctionName(functionName)?.name ?? functionName;
    const placeholders = (await local.ask({ what: 'placeholders', name })) as readonly string[];
    return placeholders.filter((each) => !Object.hasOwn(environment, each));
  }

  async function ask(functionName: string, names: readonly string[], reportPrompt: ReportPrompt): Promise<boolean> {
    const run = vscode.l10n.t('Run with Placeholders');
    const detail = [
      vscode.l10n.t('Placeholder values: {0}', names.join(', ')),
      '',
      vscode.l10n.t(
        'The function can use your AWS credentials, and a placeholder can be the name of a real resource. Set the variables in env.json, .env, or .vscode/lambda-invoke.json.',
      ),
    ];
    const question = vscode.l10n.t('Run {0} with placeholder values?', functionName);
    return (await reportUntil(askUser(question, { detail, answers: [run] }), 'confirmation', reportPrompt)) === run;
  }

  return {
    async confirm({ invocation, environment }, signal, reportPrompt = () => undefined) {
      const { FunctionName, InvocationType } = invocation;
      if (InvocationType === 'DryRun') return true;
      const names = await placeholdersOf(FunctionName, environment);
      if (names.length === 0) return true;
      if (signal?.aborted === true) return false;
      const key = JSON.stringify([parseFunctionName(FunctionName)?.name, names.toSorted()]);
      const answer = answers.get(key) ?? ask(FunctionName, names, reportPrompt);
      answers.set(key, answer);
      try {
        const isConfirmed = await answer;
        if (!isConfirmed) answers.delete(key);
        return isConfirmed;
      } catch (error) {
        answers.delete(key);
        throw error;
      }
    },
    async explain(functionName, response, environment) {
      const { streamError, Payload } = response;
      const error = parseFunctionError(streamError?.ErrorDetails ?? Payload);
      const placeholders = await placeholdersOf(functionName, environment).catch(() => []);
      const advice = placeholderAdvice(error, placeholders);
      return advice === undefined ? response : { ...response, fallbackAdvice: advice };
    },
  };
}
