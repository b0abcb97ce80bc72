import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../src/core/outcome/outcome.ts';
import { create } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';

function messageView(name: IconName, text: string, note: string): HTMLElement {
  return create('div', 'message', icon(name), create('p', '', text), create('p', 'note', note));
}

/** A sentence in place of a response that isn't returned or is gone. Undefined if there can be one. */
export function resultMessage(outcome: Outcome, isDropped = false): HTMLElement | undefined {
  switch (outcome.state) {
    case 'accepted':
      return messageView(
        'queue',
        l10n.t('Lambda has queued the event.'),
        outcome.connection.kind === 'local'
          ? l10n.t('The function runs in the background. Run Show Local Log to see its log.')
          : l10n.t('The function runs in the background. Its log is in CloudWatch Logs.'),
      );
    case 'dryRun':
      return messageView(
        'success',
        l10n.t('You have permission to invoke this function.'),
        l10n.t("DryRun checks parameters and permissions. The function didn't run."),
      );
    case 'succeeded':
    case 'functionError':
      return isDropped ? create('p', 'message', l10n.t('The response is no longer available.')) : undefined;
    case 'failed':
    case 'cancelled':
      return undefined;
  }
}
