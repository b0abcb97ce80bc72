import * as vscode from 'vscode';
import { isInvokeError } from '../core/invokeError.ts';
import { sentence } from './localize.ts';

/** Does what a person asked for, and tells them where it cannot be done: nothing fails unseen. */
export function attempt(doing: Thenable<unknown>): void {
  doing.then(undefined, (error: unknown) => {
    if (isInvokeError(error)) void vscode.window.showErrorMessage(sentence(error.reason));
    else void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  });
}
