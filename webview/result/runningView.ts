import * as l10n from '@vscode/l10n';
import type { OutcomeView } from '../../src/core/outcome/outcome.ts';
import { create, setText } from '../dom.ts';
import { sentence } from '../localize.ts';

type Running = Extract<OutcomeView, { state: 'running' }>;

/** A running invocation: the elapsed time or the countdown to the next attempt, and Stop Waiting. */
export function runningView(
  { elapsedMs, isStopping, retry: waiting }: Running,
  onStopWaiting: () => void,
  timeout?: number,
): { readonly elements: HTMLElement[]; readonly tick: () => void } {
  const since = performance.now() - elapsedMs;
  const until = performance.now() + (waiting?.remainingMs ?? 0);
  const clock = create('span', 'clock');
  const seconds = (ms: number) => (Math.max(0, ms) / 1000).toFixed(1);
  const elapsed = (ms: number) =>
    timeout === undefined ? l10n.t('{0} s', seconds(ms)) : l10n.t('{0} s of {1} s', seconds(ms), timeout);
  const tick = () => {
    const now = performance.now();
    const left = seconds(until - now);
    setText(
      clock,
      waiting === undefined ? elapsed(now - since) : l10n.t('Attempt {0} in {1} s', waiting.attempt, left),
    );
  };
  tick();
  const stop = document.createElement('vscode-button');
  stop.setAttribute('appearance', 'secondary');
  stop.id = 'stop-waiting';
  setText(stop, waiting === undefined ? l10n.t('Stop Waiting') : l10n.t('Cancel Retry'));
  stop.toggleAttribute('disabled', isStopping);
  stop.addEventListener('click', onStopWaiting);
  const title = waiting === undefined ? l10n.t('Running') : l10n.t('Retrying');
  const note =
    waiting === undefined ? l10n.t("Stopping doesn't cancel the function.") : l10n.t("The function hasn't run yet.");
  return {
    tick,
    elements: [
      create('div', 'headline running', create('strong', '', title), clock),
      ...(waiting === undefined ? [] : [create('div', 'note-box', create('p', '', sentence(waiting.reason)))]),
      create('div', 'buttons', stop, create('span', 'note', note)),
    ],
  };
}
