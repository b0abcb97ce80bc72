import { runScopeHandlers, type EditorView, type Panel, type ViewUpdate } from '@codemirror/view';
import * as l10n from '@vscode/l10n';
import { create, setName, setText, setTitle } from '../../dom.ts';
import { MAX_MATCHES, type FindState } from './findMatches.ts';
import { findPattern, type FindQuery } from './findQuery.ts';

interface Finder {
  state(): FindState;
  /** The index of the selected match, or -1. */
  current(): number;
  setQuery(query: FindQuery): void;
  next(): void;
  previous(): void;
  close(): void;
}

type Option = 'isCaseSensitive' | 'isWholeWord' | 'isRegExp';

/** A button with a sign that isn't part of its name. */
function button(sign: string, title: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.dataset['sign'] = sign;
  setTitle(element, title);
  setName(element, title);
  element.addEventListener('click', onClick);
  return element;
}

/** The panel of Find: input, options, number of matches, previous, next and close. */
export class FindPanel implements Panel {
  readonly dom = create('div', 'cm-find');
  readonly top = true;
  readonly #finder: Finder;
  readonly #input = document.createElement('input');
  readonly #field = create('div', 'cm-find-input');
  readonly #count = create('span', 'cm-find-count');
  readonly #options: Readonly<Record<Option, HTMLButtonElement>>;
  readonly #steps: readonly HTMLButtonElement[];

  constructor(view: EditorView, finder: Finder) {
    this.#finder = finder;
    const { query } = finder.state();
    const toggle = (option: Option, text: string, title: string) =>
      button(text, title, () => {
        const current = finder.state().query;
        finder.setQuery({ ...current, [option]: !current[option] });
        this.#input.focus();
      });
    this.#options = {
      isCaseSensitive: toggle('isCaseSensitive', 'Aa', l10n.t('Match Case')),
      isWholeWord: toggle('isWholeWord', 'ab', l10n.t('Match Whole Word')),
      isRegExp: toggle('isRegExp', '.*', l10n.t('Use Regular Expression')),
    };
    this.#options.isWholeWord.classList.add('cm-find-word');
    this.#input.value = query.text;
    this.#input.placeholder = l10n.t('Find');
    this.#input.spellcheck = false;
    setName(this.#input, l10n.t('Find'));
    this.#input.addEventListener('input', () => finder.setQuery({ ...finder.state().query, text: this.#input.value }));
    this.#count.setAttribute('role', 'status');
    this.#field.append(this.#input, ...Object.values(this.#options));
    this.#steps = [
      button('↑', l10n.t('Previous Match (Shift+Enter)'), () => finder.previous()),
      button('↓', l10n.t('Next Match (Enter)'), () => finder.next()),
    ];
    const close = button('×', l10n.t('Close (Escape)'), () => finder.close());
    this.dom.setAttribute('role', 'search');
    this.dom.append(this.#field, this.#count, ...this.#steps, close);
    this.dom.addEventListener('keydown', (event) => this.#key(view, event));
    this.#show();
  }

  mount(): void {
    this.#input.select();
  }

  update(update: ViewUpdate): void {
    const isChanged = update.transactions.some(({ effects }) => effects.length > 0);
    if (isChanged || update.selectionSet || update.docChanged) this.#show();
  }

  #key(view: EditorView, event: KeyboardEvent): void {
    if (runScopeHandlers(view, event, 'search-panel')) {
      event.preventDefault();
    } else if (event.key === 'Enter' && event.target === this.#input && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (event.shiftKey) this.#finder.previous();
      else this.#finder.next();
    }
  }

  #show(): void {
    const { query, matches, isComplete } = this.#finder.state();
    if (this.#input.value !== query.text) this.#input.value = query.text;
    for (const [option, element] of Object.entries(this.#options)) {
      element.setAttribute('aria-pressed', String(query[option as Option]));
    }
    this.#field.toggleAttribute('data-invalid', findPattern(query) === 'invalid');
    const count = matches.starts.length;
    for (const step of this.#steps) step.disabled = count === 0;
    this.#count.toggleAttribute('data-none', isComplete && query.text !== '' && count === 0);
    if (isComplete) setText(this.#count, this.#countText(count));
  }

  #countText(count: number): string {
    const { query } = this.#finder.state();
    if (findPattern(query) === 'invalid') return l10n.t('Invalid expression');
    if (count === 0) return query.text === '' ? '' : l10n.t('No results');
    const total = count >= MAX_MATCHES ? `${MAX_MATCHES}+` : String(count);
    const current = this.#finder.current();
    return l10n.t('{0} of {1}', current === -1 ? '?' : current + 1, total);
  }
}
