import * as vscode from 'vscode';
import { toSentence, type Message } from '../../core/messages/messages.ts';
import { verdictWords } from '../../core/messages/verdictWords.ts';
import type { Verdict } from '../../core/outcome/verdict.ts';

/** The sentence of a message in the display language. */
export function sentence(message: Message): string {
  return toSentence(message, (template, ...args) => vscode.l10n.t(template, ...args));
}

/** A verdict in words, in the display language. */
export function verdictText(verdict: Verdict): string {
  return verdictWords(verdict, (template, ...args) => vscode.l10n.t(template, ...args));
}
