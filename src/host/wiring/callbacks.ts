import * as vscode from 'vscode';
import { withoutLinks } from '../../core/messages/plainText.ts';
import { errorSentence, notify } from '../notify.ts';

/**
 * Runs a command for its caller. Error messages are plain text, because VS Code shows them with links.
 */
export async function runCommand(handler: () => unknown): Promise<unknown> {
  try {
    return await handler();
  } catch (error) {
    if (error instanceof vscode.CancellationError) throw error;
    throw new Error(withoutLinks(errorSentence(error)), { cause: error });
  }
}

/** The last error of a callback, or empty after a success. */
export interface LastNotified {
  sentence: string;
}

/**
 * Runs a callback of a view or a lens and shows its error, which VS Code would only log. With `last`, the same error
 * isn't shown twice in a row, because VS Code requests lenses after every edit.
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
