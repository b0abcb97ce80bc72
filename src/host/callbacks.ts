import * as vscode from 'vscode';
import { withoutLinks } from '../core/messages/plainText.ts';
import { errorSentence, notifyError } from './notify.ts';

/**
 * Runs a command. Whoever ran it gets its result and its error: VS Code shows the error to a person who ran it, and makes
 * links of `[label](address)`, so that its text is plain.
 */
export async function runCommand(handler: () => unknown): Promise<unknown> {
  try {
    return await handler();
  } catch (error) {
    if (error instanceof vscode.CancellationError) throw error;
    throw new Error(withoutLinks(errorSentence(error)), { cause: error });
  }
}

/** Calls back for a view or a lens. Its error is notified, where VS Code would only log it or make links of its text. */
export async function runCallback<T>(callback: () => T | Promise<T>, otherwise: T): Promise<T> {
  try {
    return await callback();
  } catch (error) {
    notifyError(error);
    return otherwise;
  }
}
