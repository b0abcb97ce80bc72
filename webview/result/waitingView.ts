import * as l10n from '@vscode/l10n';
import type { OutcomeView, WaitingFor } from '../../src/core/outcome/outcome.ts';
import { create, setText } from '../dom.ts';
import { sentence } from '../localize.ts';

type Waiting = Extract<OutcomeView, { state: 'waiting' }>;

function titleOf(waitingFor: WaitingFor): string {
  switch (waitingFor.kind) {
    case 'confirmation':
      return l10n.t('Waiting for confirmation');
    case 'mfaCode':
      return l10n.t('Waiting for an MFA code');
    case 'signIn':
      return l10n.t('Waiting for sign-in');
    case 'retry':
      return l10n.t('Retrying');
  }
}

/** An invocation that hasn't been sent yet: what it waits for, and a button that cancels it. */
export function waitingView(
  { waitingFor, isStopping }: Waiting,
  onCancel: () => void,
): { readonly elements: HTMLElement[]; readonly tick: () => void; readonly title: string } {
  const title = titleOf(waitingFor);
  const clock = create('span', 'clock');
  const until = performance.now() + (waitingFor.kind === 'retry' ? waitingFor.remainingMs : 0);
  const tick = () => {
    if (waitingFor.kind !== 'retry') return;
    const seconds = (Math.max(0, until - performance.now()) / 1000).toFixed(1);
    setText(clock, l10n.t('Attempt {0} in {1} s', waitingFor.attempt, seconds));
  };
  tick();
  const cancel = document.createElement('vscode-button');
  cancel.setAttribute('appearance', 'secondary');
  cancel.id = 'stop-waiting';
  setText(cancel, waitingFor.kind === 'retry' ? l10n.t('Cancel Retry') : l10n.t('Cancel'));
  cancel.toggleAttribute('disabled', isStopping);
  cancel.addEventListener('click', onCancel);
  const reason =
    waitingFor.kind === 'retry' ? [create('div', 'note-box', create('p', '', sentence(waitingFor.reason)))] : [];
  return {
    tick,
    title,
    elements: [
      create('div', 'headline running', create('strong', '', title), clock),
      ...reason,
      create('div', 'buttons', cancel, create('span', 'note', l10n.t("The function hasn't run yet."))),
    ],
  };
}
