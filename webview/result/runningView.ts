import * as l10n from '@vscode/l10n';
import type { OutcomeView } from '../../src/core/outcome/outcome.ts';
import { create, setText } from '../dom.ts';

type Running = Extract<OutcomeView, { state: 'running' }>;

/** A running invocation: the elapsed time and Stop Waiting. */
export function runningView(
  { elapsedMs, isStopping }: Running,
  onStopWaiting: () => void,
  timeout?: number,
): { readonly elements: HTMLElement[]; readonly tick: () => void } {
  const since = performance.now() - elapsedMs;
  const clock = create('span', 'clock');
  const tick = () => {
    const seconds = (Math.max(0, performance.now() - since) / 1000).toFixed(1);
    setText(clock, timeout === undefined ? l10n.t('{0} s', seconds) : l10n.t('{0} s of {1} s', seconds, timeout));
  };
  tick();
  const stop = document.createElement('vscode-button');
  stop.setAttribute('appearance', 'secondary');
  stop.id = 'stop-waiting';
  setText(stop, l10n.t('Stop Waiting'));
  stop.toggleAttribute('disabled', isStopping);
  stop.addEventListener('click', onStopWaiting);
  return {
    tick,
    elements: [
      create('div', 'headline running', create('strong', '', l10n.t('Running')), clock),
      create('div', 'buttons', stop, create('span', 'note', l10n.t("Stopping doesn't cancel the function."))),
    ],
  };
}
