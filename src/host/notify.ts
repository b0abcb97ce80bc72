import * as vscode from 'vscode';
import { errorText } from '../core/messages/errorText.ts';
import { isInvokeError } from '../core/outcome/invokeError.ts';
import type { Message } from '../core/messages/messages.ts';
import { withoutLinks } from '../core/messages/plainText.ts';
import { visibleLine } from '../core/messages/visibleText.ts';
import { sentence } from './ui/localize.ts';

/** A localized text or a message. Both can contain untrusted names and errors. */
type Notice = string | Message;

/** A button of a notification. Errors of its action are shown too. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => unknown;
}

function plain(notice: Notice): string {
  return withoutLinks(typeof notice === 'string' ? notice : sentence(notice));
}

type Severity = 'information' | 'warning' | 'error';

function show(severity: Severity, text: string, labels: readonly string[]): Thenable<string | undefined> {
  switch (severity) {
    case 'information':
      return vscode.window.showInformationMessage(text, ...labels);
    case 'warning':
      return vscode.window.showWarningMessage(text, ...labels);
    case 'error':
      return vscode.window.showErrorMessage(text, ...labels);
  }
}

/** Shows a notification without links in its text. */
export function notify(severity: Severity, notice: Notice, ...actions: readonly NoticeAction[]): void {
  const labels = actions.map(({ label }) => label);
  void show(severity, plain(notice), labels).then((answer) => {
    const chosen = actions.find(({ label }) => label === answer);
    if (chosen !== undefined) Promise.resolve().then(chosen.run).catch(notifyError);
  });
}

/** Shows an error with Try Again. Returns whether it was clicked. */
export async function askTryAgain(notice: Notice): Promise<boolean> {
  const again = vscode.l10n.t('Try Again');
  return (await show('error', plain(notice), [again])) === again;
}

interface Question<Answer extends string> {
  /** Lines, with empty ones between paragraphs. */
  readonly detail?: readonly string[];
  readonly answers: readonly Answer[];
}

/** Asks in a modal dialog. Returns undefined if canceled. */
export async function askModal<Answer extends string>(
  question: string,
  { detail = [], answers }: Question<Answer>,
): Promise<Answer | undefined> {
  const options = { modal: true, ...(detail.length > 0 && { detail: detail.map(visibleLine).join('\n') }) };
  return vscode.window.showWarningMessage(withoutLinks(question), options, ...answers);
}

/** The text of an error: the localized sentence of an InvokeError, or the message of other errors. */
export function errorSentence(error: unknown): string {
  return isInvokeError(error) ? sentence(error.reason) : errorText(error);
}

export function notifyError(error: unknown): void {
  notify('error', errorSentence(error));
}
