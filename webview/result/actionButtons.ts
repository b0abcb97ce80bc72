import * as l10n from '@vscode/l10n';
import type { OfferedAction } from '../../src/core/outcome/verdict.ts';
import { create } from '../dom.ts';
import { newInvocationId } from '../form/invocationId.ts';
import { post } from '../vscodeApi.ts';
import { textButton } from './buttons.ts';

function labelOf(action: OfferedAction): string {
  switch (action) {
    case 'tryAgain':
      return l10n.t('Try Again');
    case 'signIn':
      return l10n.t('Sign In and Invoke');
    case 'manageTrust':
      return l10n.t('Manage Workspace Trust');
    case 'installSdk':
      return l10n.t('Install Runtime SDK and Invoke…');
  }
}

function run(action: OfferedAction): void {
  const invocationId = newInvocationId();
  if (action === 'tryAgain') post({ type: 'repeat', invocationId });
  else post({ type: 'resultAction', action, invocationId });
}

/** A button for each action that a result offers. */
export function actionButtons(actions: readonly OfferedAction[]): HTMLElement[] {
  if (actions.length === 0) return [];
  const buttons = actions.map((action) => {
    const button = textButton(labelOf(action), () => run(action));
    button.dataset['action'] = action;
    return button;
  });
  return [create('div', 'buttons', ...buttons)];
}
