import * as vscode from 'vscode';
import { withoutLinks } from '../../core/messages/plainText.ts';
import { errorSentence, notifyError } from '../notify.ts';

type Handler = (...given: unknown[]) => unknown;

function withPlainError(handler: Handler): Handler {
  return async (...given) => {
    try {
      return await handler(...given);
    } catch (error) {
      if (error instanceof vscode.CancellationError) throw error; // VS Code shows nothing
      throw new Error(withoutLinks(errorSentence(error)), { cause: error });
    }
  };
}

/**
 * Commands whose errors VS Code can show: it does so where a person ran one, and makes links of `[label](address)`. A program
 * that ran one gets the error.
 */
export function withPlainErrors<Name extends string>(handlers: Record<Name, Handler>): Record<Name, Handler> {
  const names = Object.keys(handlers) as Name[];
  return Object.fromEntries(names.map((name) => [name, withPlainError(handlers[name])])) as Record<Name, Handler>;
}

/** The rows of a view. What keeps them from being read is notified here; VS Code would make links of it too. */
export async function rowsOrNone<Row>(rows: Promise<Row[]>): Promise<Row[]> {
  return rows.catch((error: unknown) => {
    notifyError(error);
    return [];
  });
}
