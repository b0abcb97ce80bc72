import type { Outcome, OutcomeView } from '../src/core/outcome.ts';
import { hasAnswer } from '../src/core/outcome.ts';
import { formatMs } from '../src/core/summary.ts';
import { byId, create } from './dom.ts';
import { sentence, t } from './localize.ts';
import { factsView } from './outcomeFacts.ts';

interface Headline {
  readonly kind: 'good' | 'bad' | 'neutral';
  readonly text: string;
  /** The status, as Lambda gives it. */
  readonly status: string;
}

function headline(outcome: Outcome): Headline {
  switch (outcome.state) {
    case 'succeeded':
      return { kind: 'good', text: t('Succeeded'), status: String(outcome.StatusCode) };
    case 'accepted':
      return { kind: 'good', text: t('Accepted: queued to run'), status: String(outcome.StatusCode) };
    case 'dryRun':
      return {
        kind: 'good',
        text: t('Dry run passed: you may invoke this function'),
        status: String(outcome.StatusCode),
      };
    case 'functionError':
      return { kind: 'bad', text: t('Function error'), status: `${outcome.StatusCode} ${outcome.FunctionError ?? ''}` };
    case 'failed': {
      const status = outcome.exception?.StatusCode;
      return { kind: 'bad', text: t('No answer of the function'), status: status === undefined ? '' : String(status) };
    }
    case 'cancelled':
      return { kind: 'neutral', text: t('Stopped'), status: '' };
  }
}

const ICONS = { good: '✓', bad: '✕', neutral: '■' } as const;

function headView({ kind, text, status }: Headline): HTMLElement {
  const icon = create('span', 'icon', ICONS[kind]);
  icon.setAttribute('aria-hidden', 'true');
  const badge = create('span', 'status', status);
  badge.title = 'StatusCode';
  return create('div', `headline ${kind}`, icon, create('strong', '', text), ...(status === '' ? [] : [badge]));
}

function errorView(outcome: Extract<Outcome, { state: 'functionError' }>): HTMLElement {
  const { type, message, stack } = outcome.functionError;
  const box = create('div', 'error-box');
  if (type !== undefined) box.append(create('p', 'error-type', type));
  if (message !== undefined) box.append(create('p', 'error-message', message));
  if (stack.length > 0) {
    const frames = create('pre', 'stack', stack.join('\n'));
    frames.tabIndex = 0;
    frames.setAttribute('role', 'region');
    frames.setAttribute('aria-label', t('Stack'));
    box.append(frames);
  }
  return box;
}

function endedView(outcome: Outcome): HTMLElement[] {
  const parts = [headView(headline(outcome))];
  if (outcome.state === 'functionError') parts.push(errorView(outcome));
  if ('reason' in outcome) {
    const box = create(
      'div',
      outcome.state === 'failed' ? 'error-box' : 'note-box',
      create('p', '', sentence(outcome.reason)),
    );
    if (outcome.state === 'failed' && outcome.exception !== undefined) {
      box.append(create('p', 'note', t('As received: {0}: {1}', outcome.exception.name, outcome.exception.message)));
    }
    parts.push(box);
  }
  parts.push(...outcome.notes.map((note) => create('p', 'note', sentence(note))));
  parts.push(factsView(outcome));
  return parts;
}

function showLog(outcome: OutcomeView): void {
  const logTail = hasAnswer(outcome) ? outcome.logTail : undefined;
  byId('log').hidden = logTail === undefined;
  // A function's lines of one entry are joined by \r, which a page would show as a space.
  byId('log-text').textContent = logTail?.text.replaceAll(/\r(?!\n)/g, '\n') ?? '';
  byId('log-state').textContent = logTail?.isCut === true ? t('cut by Lambda to the last 4 KB') : '';
}

/** The Outcome section: what happened to the last click, or the wait for it. */
export class OutcomePanel {
  readonly #onStopWaiting: () => void;
  #clock: number | undefined;

  constructor(onStopWaiting: () => void) {
    this.#onStopWaiting = onStopWaiting;
  }

  show(outcome: OutcomeView): void {
    window.clearInterval(this.#clock);
    const body = byId('outcome-body');
    showLog(outcome);
    switch (outcome.state) {
      case 'idle':
        return body.replaceChildren(create('p', 'empty', t('Nothing invoked yet. Ctrl+Enter (⌘Enter) invokes.')));
      case 'running':
        this.#say(t('Running'));
        return body.replaceChildren(...this.#runningView(outcome));
      case 'succeeded':
      case 'accepted':
      case 'dryRun':
      case 'functionError':
      case 'failed':
      case 'cancelled': {
        const { text, status } = headline(outcome);
        this.#say([text, status, formatMs(outcome.clientMs)].filter((part) => part !== '').join(', '));
        return body.replaceChildren(...endedView(outcome));
      }
    }
  }

  #say(text: string): void {
    byId('outcome-said').textContent = text;
  }

  #runningView({ elapsedMs, isStopping }: Extract<OutcomeView, { state: 'running' }>): HTMLElement[] {
    const since = performance.now() - elapsedMs;
    const clock = create('span', 'clock');
    const tick = () => {
      clock.textContent = t('{0} s', ((performance.now() - since) / 1000).toFixed(1));
    };
    tick();
    this.#clock = window.setInterval(tick, 100);
    const stop = document.createElement('vscode-button');
    stop.setAttribute('appearance', 'secondary');
    stop.id = 'stop-waiting';
    stop.textContent = t('Stop Waiting');
    stop.toggleAttribute('disabled', isStopping);
    stop.addEventListener('click', this.#onStopWaiting);
    const head = create('div', 'headline running', create('strong', '', t('Running')), clock);
    return [
      head,
      create('div', 'buttons', stop, create('span', 'note', t('The function goes on when you stop waiting.'))),
    ];
  }
}
