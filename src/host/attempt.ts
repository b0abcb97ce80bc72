import * as vscode from 'vscode';
import { errorText } from '../core/errorText.ts';
import { isInvokeError } from '../core/invokeError.ts';
import { sentence } from './localize.ts';
import type { Message } from '../core/messages.ts';

/** A text from elsewhere for a notification: there, `[label](address)` would be a link, even one that runs a command. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** Tells a sentence in a warning that nobody waits for. */
export function tellWarning(text: Message): void {
  void vscode.window.showWarningMessage(withoutLinks(sentence(text)));
}

/** Does what a person asked for, and tells them where it cannot be done: nothing fails unseen. */
export function attempt(doing: Thenable<unknown>): void {
  doing.then(undefined, (error: unknown) => {
    const text = isInvokeError(error) ? sentence(error.reason) : errorText(error);
    void vscode.window.showErrorMessage(withoutLinks(text));
  });
}
