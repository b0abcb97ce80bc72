import { t } from '@vscode/l10n';
import { verdictWords } from '../../src/core/messages/verdictWords.ts';
import type { Verdict } from '../../src/core/outcome/verdict.ts';

/** A verdict in words. */
export function verdictText(verdict: Verdict): string {
  return verdictWords(verdict, t);
}
