import * as l10n from '@vscode/l10n';
import type { ResultPosition } from '../../src/protocol/messages.ts';
import type { ComparedResult } from '../../src/protocol/toHost.ts';
import { hasResponse, type Outcome } from '../../src/core/outcome/outcome.ts';
import { byId, setText } from '../dom.ts';
import { newInvocationId } from '../form/invocationId.ts';
import { attachMenu, type MenuItem } from '../menu.ts';
import { post } from '../vscodeApi.ts';

/** Disabled for clicks, and still in the tab order, so that the focus isn't lost at either end. */
function enable(id: string, isEnabled: boolean): void {
  byId(id).setAttribute('aria-disabled', String(!isEnabled));
}

const isEnabled = (id: string) => byId(id).getAttribute('aria-disabled') !== 'true';

function copyItem(label: string, text: string | undefined): MenuItem[] {
  return text === undefined ? [] : [{ label, run: () => void navigator.clipboard.writeText(text) }];
}

/** The right side of the header: older and newer results, Repeat, and a menu of what is rare. */
export class ResultHeader {
  #outcome: Outcome | undefined;
  /** The position of the result in its form, from the oldest, which is 1. */
  #number = 1;
  #hasLog = false;
  readonly #onRepeat: () => void;

  constructor(onRepeat: () => void) {
    this.#onRepeat = onRepeat;
    const onClick = (id: string, click: () => void) =>
      byId(id).addEventListener('click', () => {
        if (isEnabled(id)) click();
      });
    onClick('older', () => post({ type: 'showResult', step: -1 }));
    onClick('newer', () => post({ type: 'showResult', step: 1 }));
    onClick('repeat', () => this.#repeat());
    attachMenu(byId('result-more'), () => [
      { items: this.#compareItems() },
      { items: this.#copyItems() },
      { items: this.#statisticsItems() },
      { items: [{ label: l10n.t('Show Output'), run: () => post({ type: 'showOutput' }) }] },
    ]);
  }

  /** Shows where the result is among the others. During an invocation, all buttons but the menu are disabled. */
  show(outcome: Outcome | undefined, position: ResultPosition | undefined, isBusy: boolean): void {
    this.#outcome = outcome;
    this.#hasLog = outcome !== undefined && hasResponse(outcome) && outcome.logTail !== undefined;
    const { number = 1, count = 1 } = position ?? {};
    this.#number = number;
    for (const id of ['older', 'newer', 'result-position']) byId(id).hidden = count < 2;
    setText(byId('result-position'), l10n.t('{0} of {1}', number, count));
    enable('older', !isBusy && number > 1);
    enable('newer', !isBusy && number < count);
    enable('repeat', !isBusy);
    for (const id of ['repeat', 'result-more']) byId(id).hidden = outcome === undefined;
  }

  /** The whole log was read. */
  addLog(): void {
    this.#hasLog = true;
  }

  #repeat(): void {
    enable('repeat', false); // until the host answers
    this.#onRepeat();
    post({ type: 'repeat', invocationId: newInvocationId() });
  }

  #compareItems(): MenuItem[] {
    const item = (label: string, other: ComparedResult) => ({
      label,
      run: () => post({ type: 'compareResult', other }),
    });
    return [
      ...(this.#number > 1 ? [item(l10n.t('Compare with Previous Result'), 'previous')] : []),
      item(l10n.t('Compare with History Entry…'), 'historyEntry'),
    ];
  }

  #statisticsItems(): MenuItem[] {
    if (this.#outcome === undefined) return [];
    return [{ id: 'show-statistics', label: l10n.t('Show Statistics'), run: () => post({ type: 'showStatistics' }) }];
  }

  #copyItems(): MenuItem[] {
    const outcome = this.#outcome;
    if (outcome === undefined) return [];
    const { requestId, traceId } = outcome;
    return [
      ...copyItem(l10n.t('Copy Request ID'), requestId),
      ...copyItem(l10n.t('Copy Trace ID'), traceId),
      ...(this.#hasLog
        ? [{ label: l10n.t('Copy Log'), run: () => post({ type: 'exportResult', part: 'log', to: 'clipboard' }) }]
        : []),
    ];
  }
}
