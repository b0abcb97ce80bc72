import * as vscode from 'vscode';
import { toSentence, type Message } from '../../core/messages/messages.ts';

/** The sentence of a message in the display language. */
export function sentence(message: Message): string {
  return toSentence(message, (template, ...args) => vscode.l10n.t(template, ...args));
}
