import * as l10n from '@vscode/l10n';
import type { OutcomeView } from '../../src/core/outcome/outcome.ts';
import { byId, setText } from '../dom.ts';
import { LogView, type LogContent } from '../log/logView.ts';
import { logContent } from './logContent.ts';
import { attachSplitter } from './splitter.ts';

function stateText(log: LogContent): string {
  switch (log.kind) {
    case 'tail':
    case 'whole':
      return '';
    case 'truncated':
      return l10n.t('Truncated by Lambda to 4 KB');
    case 'none':
      return log.reason === 'notRequested' ? l10n.t('Not requested') : l10n.t('Not returned – see CloudWatch Logs');
  }
}

/** The log below the other panels, or a tab if the pane is too low or too narrow for both. */
export class LogPane {
  readonly #view = new LogView(byId('log-body'));
  #hasLog = false;
  #isFolded = false;

  /** `onFold` is called when the log becomes a tab or stops being one. */
  constructor(onFold: () => void) {
    attachSplitter((isFolded) => {
      this.#isFolded = isFolded;
      this.#show();
      onFold();
    });
  }

  get isTab(): boolean {
    return this.#isFolded && this.#hasLog;
  }

  /** Shows the log of an outcome. Without an invocation there is no place for one. */
  show(outcome: OutcomeView | undefined): void {
    const log = outcome === undefined ? undefined : logContent(outcome);
    this.#hasLog = log !== undefined;
    if (log === undefined) this.#view.clear();
    else this.#showContent(log);
    this.#show();
  }

  /** Replaces the log tail by the whole log. */
  showWhole(text: string, requestId: string | undefined): void {
    this.#hasLog = true;
    this.#showContent({ kind: 'whole', text, ...(requestId !== undefined && { requestId }) });
    this.#show();
  }

  #showContent(log: LogContent): void {
    this.#view.show(log);
    byId('log').classList.toggle('none', log.kind === 'none');
    setText(byId('log-state'), stateText(log));
    for (const tool of document.querySelectorAll<HTMLElement>('[data-export="log"]')) tool.hidden = log.kind === 'none';
  }

  #show(): void {
    byId('result-main').dataset['log'] = this.#hasLog ? (this.#isFolded ? 'tab' : 'pane') : 'none';
    byId('splitter').hidden = !this.#hasLog || this.#isFolded;
    byId('log').setAttribute('role', this.#isFolded ? 'tabpanel' : 'region');
    byId('log').setAttribute('aria-labelledby', this.#isFolded ? 'tab-log' : 'log-title');
  }
}
