import * as l10n from '@vscode/l10n';
import type { OutcomeView, WaitingFor } from '../../src/core/outcome/outcome.ts';
import { create, setName, setText } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';
import { sentence } from '../localize.ts';
import { textButton } from './buttons.ts';

type Waiting = Extract<OutcomeView, { state: 'waiting' }>;
type Running = Extract<OutcomeView, { state: 'running' }>;

/** An invocation in progress. `tick` updates its clock. */
interface ProgressView {
  readonly title: string;
  /** The first line, in place of the verdict. */
  readonly headline: HTMLElement;
  readonly elements: readonly HTMLElement[];
  readonly tick?: () => void;
}

interface ProgressOptions {
  readonly onStop: () => void;
  /** The function's timeout in seconds, if known. */
  readonly timeout?: number | undefined;
}

function stopButton(label: string, isStopping: boolean, onStop: () => void): HTMLElement {
  const button = textButton(label, onStop);
  button.id = 'stop-waiting';
  button.disabled = isStopping;
  return button;
}

/** The elapsed time against the function's timeout, or without a known end. */
function progressBar(timeout: number | undefined): {
  readonly bar: HTMLElement;
  readonly set: (seconds: number) => void;
} {
  const fill = create('div', 'fill');
  const bar = create('div', timeout === undefined ? 'progress endless' : 'progress', fill);
  bar.setAttribute('role', 'progressbar');
  setName(bar, l10n.t('Elapsed time'));
  if (timeout !== undefined) {
    bar.setAttribute('aria-valuemin', '0');
    bar.setAttribute('aria-valuemax', String(timeout));
  }
  const set = (seconds: number) => {
    if (timeout === undefined) return;
    const share = Math.min(1, seconds / timeout);
    fill.style.width = `${(share * 100).toFixed(2)}%`;
    bar.setAttribute('aria-valuenow', String(Math.min(timeout, Math.floor(seconds))));
    bar.classList.toggle('late', share > 0.9);
  };
  return { bar, set };
}

function runningView({ elapsedMs, isStopping }: Running, { onStop, timeout }: ProgressOptions): ProgressView {
  const title = l10n.t('Running');
  const since = performance.now() - elapsedMs;
  const clock = create('span', 'clock');
  const { bar, set } = progressBar(timeout);
  const tick = () => {
    const seconds = Math.max(0, performance.now() - since) / 1000;
    const elapsed = seconds.toFixed(1);
    setText(clock, timeout === undefined ? l10n.t('{0} s', elapsed) : l10n.t('{0} s of {1} s', elapsed, timeout));
    set(seconds);
  };
  tick();
  const note = create('span', 'note', l10n.t("Stopping doesn't cancel the function."));
  return {
    title,
    tick,
    headline: create('div', 'headline running', icon('play'), create('strong', '', title), clock),
    elements: [bar, create('div', 'buttons', stopButton(l10n.t('Stop Waiting'), isStopping, onStop), note)],
  };
}

interface WaitingTexts {
  readonly name: IconName;
  readonly title: string;
  readonly todo: string;
}

function waitingTexts(waitingFor: WaitingFor): WaitingTexts {
  switch (waitingFor.kind) {
    case 'confirmation':
      return {
        name: 'shield',
        title: l10n.t('Waiting for confirmation'),
        todo: l10n.t('This connection is protected. Confirm the invocation in the dialog.'),
      };
    case 'mfaCode':
      return {
        name: 'key',
        title: l10n.t('Waiting for an MFA code'),
        todo: l10n.t('Enter the code at the top of the window.'),
      };
    case 'signIn':
      return {
        name: 'person',
        title: l10n.t('Waiting for sign-in'),
        todo: l10n.t('Sign in to the profile "{0}". The invocation continues after you sign in.', waitingFor.profile),
      };
    case 'retry':
      return { name: 'repeat', title: l10n.t('Retrying'), todo: sentence(waitingFor.reason) };
  }
}

function waitingView({ waitingFor, isStopping }: Waiting, { onStop }: ProgressOptions): ProgressView {
  const { name, title, todo } = waitingTexts(waitingFor);
  const headline = create('div', 'headline running waiting', icon(name), create('strong', '', title));
  const isRetry = waitingFor.kind === 'retry';
  const stop = stopButton(isRetry ? l10n.t('Cancel Retry') : l10n.t('Cancel'), isStopping, onStop);
  const note = create('span', 'note', l10n.t("The function hasn't run yet."));
  const texts = create('div', 'waiting-texts', create('p', 'todo', todo), create('div', 'buttons', stop, note));
  const view = { title, headline, elements: [create('div', 'waiting-card', icon(name), texts)] };
  if (!isRetry) return view;
  const clock = create('span', 'clock');
  headline.append(clock);
  const until = performance.now() + waitingFor.remainingMs;
  const tick = () => {
    const seconds = (Math.max(0, until - performance.now()) / 1000).toFixed(1);
    setText(clock, l10n.t('Attempt {0} in {1} s', waitingFor.attempt, seconds));
  };
  tick();
  return { ...view, tick };
}

/** What an invocation in progress waits for, and a button that ends the wait. */
export function progressView(outcome: Waiting | Running, options: ProgressOptions): ProgressView {
  return outcome.state === 'running' ? runningView(outcome, options) : waitingView(outcome, options);
}
