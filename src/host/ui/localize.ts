import * as vscode from 'vscode';
import { toSentence, type Message } from '../../core/messages/messages.ts';

/** A message's sentence in the language VS Code shows. */
export function sentence(message: Message): string {
  return toSentence(message, (template, ...args) => vscode.l10n.t(template, ...args));
}
