import * as vscode from 'vscode';
import { verdictWords } from '../../core/messages/verdictWords.ts';
import type { Verdict } from '../../core/outcome/verdict.ts';

/** A verdict in words, in the display language. */
export function verdictText(verdict: Verdict): string {
  return verdictWords(verdict, (template, ...args) => vscode.l10n.t(template, ...args));
}
