import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../src/core/outcome/outcome.ts';
import { shownDuration } from '../../src/core/outcome/shownDuration.ts';
import type { Verdict } from '../../src/core/outcome/verdict.ts';
import { sentence } from '../localize.ts';
import { lambdaStatus } from './headline.ts';
import { verdictText } from './verdictText.ts';

/** Why there is no response, or the function's error. */
function reasonText(outcome: Outcome): string | undefined {
  switch (outcome.state) {
    case 'functionError': {
      const { type, message } = outcome.functionError;
      return [type, message].filter((part) => part !== undefined).join(': ') || undefined;
    }
    case 'failed':
    case 'cancelled':
      return sentence(outcome.reason);
    case 'succeeded':
    case 'accepted':
    case 'dryRun':
      return undefined;
  }
}

/** What screen readers announce: the verdict, Lambda's status, the duration and the reason. */
export function announcement(outcome: Outcome, verdict: Verdict): string {
  const parts = [lambdaStatus(outcome), shownDuration(outcome, verdict), reasonText(outcome)];
  const known = parts.filter((part) => part !== undefined);
  return known.reduce((text, part) => l10n.t('{0}, {1}', text, part), verdictText(verdict));
}
