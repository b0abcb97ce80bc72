import { saveState, savedState, type SavedFocus } from '../vscodeApi.ts';

type TextElement = HTMLInputElement | HTMLTextAreaElement;

function isText(element: Element): element is TextElement {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text');
}

/** Parts that are open only as long as they have the focus. */
const TRANSIENT = '[role="menu"], [role="listbox"]';

/** The element, or the one that has replaced it: an editor replaces its text area. */
function current(element: HTMLElement | undefined): HTMLElement | null | undefined {
  return element === undefined || element.isConnected ? element : document.getElementById(element.id);
}

function canFocus(element: HTMLElement | null | undefined): element is HTMLElement {
  return element?.isConnected === true && element.checkVisibility();
}

/** Remembers the element with the focus and its caret, also over a reload of the page. Text is never selected. */
export class FocusMemory {
  readonly #initial: () => HTMLElement;
  readonly #caretIn: (element: HTMLElement) => number | undefined;
  #last: HTMLElement | undefined;
  #lastField: HTMLElement | undefined;
  /** Whether the page has set the focus, and the user hasn't done anything since. */
  #isInitial = false;

  /** `initial` is the element to focus in a page that had no focus before, `caretIn` the caret in an editor. */
  constructor(initial: () => HTMLElement, caretIn: (element: HTMLElement) => number | undefined) {
    this.#initial = initial;
    this.#caretIn = caretIn;
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof HTMLElement) || target.closest(TRANSIENT) !== null) return;
      this.#last = target;
      if (target.closest('#form') !== null) this.#lastField = target;
    });
    const userActs = () => {
      this.#isInitial = false;
    };
    for (const type of ['keydown', 'pointerdown', 'paste']) document.addEventListener(type, userActs, true);
    // VS Code focuses the page, not an element of it.
    window.addEventListener('focus', () => this.restoreIfLost());
    window.addEventListener('blur', () => saveState({ focus: this.current }));
  }

  /** The last element with the focus and its caret. */
  get current(): SavedFocus | undefined {
    const element = this.#last;
    if (element === undefined || element.id === '') return undefined;
    const caret = this.#caretIn(element);
    if (caret !== undefined) return { id: element.id, start: caret, end: caret };
    if (!isText(element)) return { id: element.id };
    return { id: element.id, start: element.selectionStart ?? 0, end: element.selectionEnd ?? 0 };
  }

  /** Restores the focus if no element has it. */
  restoreIfLost(): void {
    if (!document.hasFocus() || document.activeElement !== document.body) return;
    const last = current(this.#last);
    if (canFocus(last)) return last.focus({ preventScroll: true });
    this.restoreField();
  }

  /** Moves the focus into the page, to the element that had it last. */
  take(): void {
    window.focus();
    this.restoreIfLost();
  }

  /** Focuses the field that had the focus last. */
  restoreField(): void {
    const last = current(this.#lastField);
    const field = canFocus(last) ? last : this.#initial();
    if (this.#lastField === undefined) this.#isInitial = true;
    field.focus({ preventScroll: true });
  }

  /** Another draft was shown. The focus moves unless the user has already put it somewhere. */
  draftShown(): void {
    if (this.#isInitial || this.#last === undefined) {
      this.#lastField = undefined;
      this.#last = undefined;
      if (document.hasFocus()) this.restoreField();
    }
  }

  /** Restores the focus of the page before it was reloaded. Lays out the page, so call it last. */
  restoreSaved(): void {
    const { focus } = savedState();
    const element = focus === undefined ? null : document.getElementById(focus.id);
    if (focus !== undefined && canFocus(element)) {
      this.#last = element;
      if (element.closest('#form') !== null) this.#lastField = element;
      if (isText(element)) element.setSelectionRange(focus.start ?? 0, focus.end ?? 0);
    }
    this.restoreIfLost();
  }
}
