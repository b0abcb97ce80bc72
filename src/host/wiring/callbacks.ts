import * as vscode from 'vscode';
import { withoutLinks } from '../../core/messages/plainText.ts';
import { errorSentence, notify } from '../notify.ts';

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

/** The error that a callback notified last; empty after it succeeded. */
export interface LastNotified {
  sentence: string;
}

/**
 * Calls back for a view or a lens. Its error is notified, where VS Code would only log it or make links of its text. With
 * `last`, the same error isn't notified twice in a row: VS Code asks for lenses with every edit.
 */
export async function runCallback<T>(
  callback: () => T | Promise<T>,
  otherwise: T,
  last: LastNotified = { sentence: '' },
): Promise<T> {
  try {
    const result = await callback();
    last.sentence = '';
    return result;
  } catch (error) {
    const sentence = errorSentence(error);
    if (sentence !== last.sentence) notify('error', sentence);
    last.sentence = sentence;
    return otherwise;
  }
}
