import * as l10n from '@vscode/l10n';
import type { Outcome, OutcomeView } from '../../src/core/outcome/outcome.ts';
import { formatMs } from '../../src/core/outcome/summary.ts';
import { byId, create, setText, setTitle } from '../dom.ts';
import { errorView } from './errorView.ts';
import { headline, type Headline } from './headline.ts';
import { icon } from '../icons.ts';
import { INVOKE_KEY } from '../invokeKey.ts';
import { sentence } from '../localize.ts';
import { factsView } from './resultFacts.ts';
import { runningView } from './runningView.ts';
import { waitingView } from './waitingView.ts';

function headView({ kind, text, status }: Headline): HTMLElement {
  const badge = create('span', 'status', status);
  setTitle(badge, 'StatusCode');
  return create('div', `headline ${kind}`, icon(kind), create('strong', '', text), ...(status === '' ? [] : [badge]));
}

function reasonView(outcome: Extract<Outcome, { state: 'failed' | 'cancelled' }>): HTMLElement {
  const isFailed = outcome.state === 'failed';
  const box = create('div', isFailed ? 'error-box' : 'note-box', create('p', '', sentence(outcome.reason)));
  if (isFailed && outcome.exception !== undefined) {
    const { name, message, isLocal } = outcome.exception;
    const received = message === '' ? name : l10n.t('{0}: {1}', name, message);
    const text = isLocal === true ? l10n.t('Local error: {0}', received) : l10n.t('AWS error: {0}', received);
    box.append(create('p', 'note', text));
  }
  return box;
}

function resultElements(outcome: Outcome): HTMLElement[] {
  const parts = [headView(headline(outcome))];
  if (outcome.state === 'functionError') parts.push(errorView(outcome));
  if (outcome.state === 'failed' || outcome.state === 'cancelled') parts.push(reasonView(outcome));
  parts.push(...outcome.notes.map((note) => create('p', 'note', sentence(note))));
  parts.push(factsView(outcome));
  return parts;
}

/** The Result pane: the last result, or the progress of a running invocation. */
export class ResultPanel {
  readonly #onStopWaiting: () => void;
  #clock: number | undefined;

  constructor(onStopWaiting: () => void) {
    this.#onStopWaiting = onStopWaiting;
  }

  /** Shows a result. `timeout` is the function's timeout in seconds, shown next to the elapsed time. */
  show(outcome: OutcomeView, timeout?: number): void {
    window.clearInterval(this.#clock);
    const body = byId('result-body');
    switch (outcome.state) {
      case 'idle':
        return body.replaceChildren(create('p', 'empty', l10n.t('Press {0} to invoke.', INVOKE_KEY)));
      case 'running': {
        const { elements, tick } = runningView(outcome, this.#onStopWaiting, timeout);
        this.#announce(l10n.t('Running'));
        this.#clock = window.setInterval(tick, 100);
        return body.replaceChildren(...elements);
      }
      case 'waiting': {
        const { elements, tick, title } = waitingView(outcome, this.#onStopWaiting);
        this.#announce(title);
        this.#clock = window.setInterval(tick, 100);
        return body.replaceChildren(...elements);
      }
      case 'succeeded':
      case 'accepted':
      case 'dryRun':
      case 'functionError':
      case 'failed':
      case 'cancelled': {
        const { text, status } = headline(outcome);
        this.#announce([text, status, formatMs(outcome.clientMs)].filter((part) => part !== '').join(', '));
        return body.replaceChildren(...resultElements(outcome));
      }
    }
  }

  #announce(text: string): void {
    const status = byId('result-status');
    status.replaceChildren(); // so that screen readers repeat the same text
    setText(status, text);
  }
}
