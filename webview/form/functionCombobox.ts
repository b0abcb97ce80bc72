import * as l10n from '@vscode/l10n';
import type { FunctionSuggestion } from '../../src/protocol/messages.ts';
import { byId, create, setTitle } from '../dom.ts';
import { isSuggested, matchingSuggestions, type SuggestionGroup } from './functionSuggestions.ts';

const input = () => byId<HTMLInputElement>('FunctionName');
const list = () => byId('function-list');
const toggle = () => byId('function-toggle');

function groupLabel(source: SuggestionGroup['source']): string {
  switch (source) {
    case 'recent':
      return l10n.t('Recently used');
    case 'workspace':
      return l10n.t('Workspace');
    case 'account':
      return l10n.t('Account');
  }
}

function optionView({ FunctionName, detail = '' }: FunctionSuggestion, id: string): HTMLElement {
  const option = create('div', 'option', create('span', 'option-name', FunctionName));
  if (detail !== '') option.append(create('span', 'note', detail));
  option.id = id;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  option.dataset['name'] = FunctionName;
  setTitle(option, detail === '' ? FunctionName : `${FunctionName} · ${detail}`);
  return option;
}

/**
 * The list of the function field. It opens with the arrow keys or the button, and while typing as long as it has
 * something to add. Then no option is active, so Enter and Tab leave the text as it is typed.
 */
export class FunctionCombobox {
  readonly #onChoose: (FunctionName: string) => void;
  #suggestions: readonly FunctionSuggestion[] = [];
  #active: HTMLElement | undefined;

  constructor(onChoose: (FunctionName: string) => void) {
    this.#onChoose = onChoose;
    setTitle(toggle(), l10n.t('Show Functions'));
    input().addEventListener('input', () => this.#showMatches());
    input().addEventListener('keydown', (event) => this.#press(event));
    input().addEventListener('blur', () => this.close());
    toggle().addEventListener('mousedown', (event) => event.preventDefault());
    toggle().addEventListener('click', () => {
      const wasOpen = this.#isOpen;
      input().focus();
      if (wasOpen) this.close();
      else this.#open('');
    });
    // The focus stays in the field, whose blur closes the list.
    list().addEventListener('mousedown', (event) => event.preventDefault());
    list().addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest<HTMLElement>('.option') : null;
      if (option !== null) this.#choose(option);
    });
  }

  show(suggestions: readonly FunctionSuggestion[]): void {
    this.#suggestions = suggestions;
    toggle().hidden = suggestions.length === 0;
    if (this.#isOpen && this.#active === undefined) this.#open(input().value);
  }

  close(): void {
    list().hidden = true;
    list().replaceChildren();
    this.#activate(undefined);
    for (const element of [input(), toggle()]) element.setAttribute('aria-expanded', 'false');
  }

  get #isOpen(): boolean {
    return !list().hidden;
  }

  #showMatches(): void {
    const { value } = input();
    if (value.trim() === '' || isSuggested(this.#suggestions, value)) this.close();
    else this.#open(value);
  }

  #open(text: string): void {
    const groups = matchingSuggestions(this.#suggestions, text);
    if (groups.length === 0) return this.close();
    this.#activate(undefined);
    list().replaceChildren(
      ...groups.map(({ source, suggestions }) => {
        const label = create('div', 'menu-label', groupLabel(source));
        label.id = `functions-${source}`;
        const group = create('div', 'menu-group', label);
        group.setAttribute('role', 'group');
        group.setAttribute('aria-labelledby', label.id);
        group.append(...suggestions.map((one, at) => optionView(one, `function-${source}-${at}`)));
        return group;
      }),
    );
    list().hidden = false;
    for (const element of [input(), toggle()]) element.setAttribute('aria-expanded', 'true');
  }

  #options(): HTMLElement[] {
    return [...list().querySelectorAll<HTMLElement>('.option')];
  }

  #activate(option: HTMLElement | undefined): void {
    this.#active?.setAttribute('aria-selected', 'false');
    this.#active = option;
    if (option === undefined) return input().removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input().setAttribute('aria-activedescendant', option.id);
  }

  #choose(option: HTMLElement): void {
    const { name = '' } = option.dataset;
    this.close();
    this.#onChoose(name);
    input().setSelectionRange(name.length, name.length);
  }

  #move(step: 1 | -1): void {
    const options = this.#options();
    const at = this.#active === undefined ? -1 : options.indexOf(this.#active);
    const next = at === -1 && step === -1 ? options.length - 1 : (at + step + options.length) % options.length;
    this.#activate(options[next]);
  }

  #press(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (isArrow) {
      if (!this.#isOpen) this.#open(isSuggested(this.#suggestions, input().value) ? '' : input().value);
      if (this.#isOpen && !event.altKey) this.#move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape' && this.#isOpen) this.close();
    else if (event.key === 'Enter' && this.#active !== undefined) this.#choose(this.#active);
    else return;
    event.preventDefault();
  }
}
