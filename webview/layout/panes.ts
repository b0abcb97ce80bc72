import * as l10n from '@vscode/l10n';
import { byId, setLine, setTitle } from '../dom.ts';
import { saveLayout, savedLayout } from '../vscodeApi.ts';
import type { FocusMemory } from './focusMemory.ts';

type Pane = 'request' | 'response';

/** The width below which only one of the panes is shown. Also in layout.css. */
const NARROW = '(max-width: 859px)';

const tabOf = (pane: Pane) => byId(`pane-${pane}-tab`);
const panelOf = (pane: Pane) => byId(pane === 'request' ? 'request' : 'result');

/** Shows the function in the bar that stays visible above both panes of a narrow window. */
export function showBarFunction(name: string): void {
  setLine(byId('bar-function'), name);
  setTitle(byId('bar-function'), name);
}

/** Request and response: side by side, or behind two tabs in a narrow window. */
export class Panes {
  readonly #narrow = window.matchMedia(NARROW);
  readonly #focus: FocusMemory;
  #shown: Pane = 'request';
  /** The invocation whose result was received last. */
  #invocationId: string | undefined;

  constructor(focus: FocusMemory) {
    this.#focus = focus;
    for (const pane of ['request', 'response'] as const) {
      tabOf(pane).addEventListener('click', () => this.show(pane));
      tabOf(pane).addEventListener('keydown', (event) => {
        if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
        event.preventDefault();
        const isFirst = event.key === 'Home' || (event.key !== 'End' && pane === 'response');
        const next = isFirst ? 'request' : 'response';
        this.show(next);
        tabOf(next).focus();
      });
    }
    setTitle(tabOf('request'), l10n.t('{0} returns to the request', 'Esc'));
    this.#narrow.addEventListener('change', () => this.#apply());
    this.#apply();
    const { pane } = savedLayout();
    if (pane !== undefined) this.#select(pane);
  }

  get isNarrow(): boolean {
    return this.#narrow.matches;
  }

  /** Whether the response hides the request. */
  get hidesRequest(): boolean {
    return this.isNarrow && this.#shown === 'response';
  }

  show(pane: Pane): void {
    this.#select(pane);
    if (pane !== savedLayout().pane) saveLayout({ pane });
  }

  /** Shows the response of an invocation that was started elsewhere, or by this form before. */
  receive(invocationId: string): void {
    const isRestored = this.#invocationId === undefined && savedLayout().pane !== undefined;
    if (invocationId !== this.#invocationId && invocationId !== '' && !isRestored) this.show('response');
    this.#invocationId = invocationId;
  }

  #select(pane: Pane): void {
    this.#shown = pane;
    byId('request').parentElement?.setAttribute('data-pane', pane);
    for (const each of ['request', 'response'] as const) {
      tabOf(each).setAttribute('aria-selected', String(each === pane));
      tabOf(each).tabIndex = each === pane ? 0 : -1;
    }
  }

  /** Shows the response, with the focus on its tab unless it's already there or in the payload's editor. */
  enterResponse(): void {
    if (!this.isNarrow) return;
    this.show('response');
    if (document.hasFocus() && !byId('result').contains(document.activeElement))
      tabOf('response').focus({ preventScroll: true });
  }

  /** Shows the request, with the focus and the caret where they were in it. */
  returnToRequest(): void {
    this.show('request');
    this.#focus.restoreField();
  }

  #apply(): void {
    const { isNarrow } = this;
    // One button, so that it has one name and one state.
    const invoke = byId('invoke');
    const hadFocus = document.activeElement === invoke;
    if (isNarrow) byId('bar').append(invoke);
    else byId('save-preset').before(invoke);
    if (hadFocus) invoke.focus();
    for (const pane of ['request', 'response'] as const) {
      const panel = panelOf(pane);
      // Beside each other, they aren't panels of tabs.
      if (isNarrow) panel.setAttribute('role', 'tabpanel');
      else panel.removeAttribute('role');
      if (pane === 'request') {
        if (isNarrow) panel.setAttribute('aria-labelledby', tabOf(pane).id);
        else panel.removeAttribute('aria-labelledby');
      }
    }
  }
}
