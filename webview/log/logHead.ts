import * as l10n from '@vscode/l10n';
import type { LogLevel } from '../../src/core/logs/logEntry.ts';
import type { LogFilter } from '../../src/core/logs/logFilter.ts';
import { create, setName, setText, setTitle } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';

/** Numbers of entries. FATAL is included in ERROR. */
export interface LogCounts {
  readonly levels: Readonly<Partial<Record<LogLevel, number>>>;
  readonly messages: number;
  readonly platform: number;
  /** The entries that match the filter. */
  readonly shown: number;
}

export interface LogHeadActions {
  toggleLevel(level: LogLevel): void;
  togglePlatform(): void;
  setText(text: string): void;
  /** From the filter to the first row. */
  focusRows(): void;
}

const LEVELS = ['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'] as const;
const LEVEL_ICONS: Partial<Record<LogLevel, IconName>> = { ERROR: 'error', WARN: 'warning' };

function button(className: string, ...content: (string | Node)[]): HTMLButtonElement {
  const element = create('button', className, ...content) as HTMLButtonElement;
  element.type = 'button';
  return element;
}

/** A button with an icon. */
export function logTool(name: IconName, label: string, run: () => void): HTMLButtonElement {
  const element = button('log-tool', icon(name));
  setName(element, label);
  setTitle(element, label);
  element.addEventListener('click', run);
  return element;
}

function entriesText(count: number): string {
  return count === 1 ? l10n.t('1 entry') : l10n.t('{0} entries', count);
}

/** The head of the log: title, numbers, filters and tools. */
export class LogHead {
  readonly element: HTMLElement;
  readonly filter: HTMLInputElement;
  readonly #count = create('span', 'log-count');
  readonly #state = create('span', 'note log-state');
  readonly #chips = create('span', 'log-chips');
  readonly #platform = button('log-chip log-platform');
  readonly #tools: HTMLElement;
  readonly #status = create('span', 'visually-hidden');
  readonly #actions: LogHeadActions;

  /** `wholeLog` are the controls for reading the whole log. */
  constructor(actions: LogHeadActions, tools: readonly HTMLElement[], wholeLog: readonly HTMLElement[] = []) {
    this.#actions = actions;
    const title = create('h3', '', l10n.t('Log'));
    title.id = 'log-title';
    this.#state.id = 'log-state';
    this.#count.id = 'log-count';
    this.#status.setAttribute('role', 'status');
    this.#chips.setAttribute('role', 'group');
    setName(this.#chips, l10n.t('Levels'));
    this.#platform.setAttribute('role', 'switch');
    setTitle(this.#platform, l10n.t('Lines that Lambda writes: START, END, REPORT, and others'));
    this.#platform.addEventListener('click', () => actions.togglePlatform());
    this.filter = create('input', 'log-filter') as HTMLInputElement;
    this.filter.id = 'log-filter';
    this.filter.type = 'search';
    this.filter.placeholder = l10n.t('Filter');
    this.filter.spellcheck = false;
    setName(this.filter, l10n.t('Filter log'));
    this.filter.addEventListener('input', () => actions.setText(this.filter.value));
    this.filter.addEventListener('keydown', (event) => this.#onKey(event));
    this.#tools = create('span', 'log-tools', ...tools);
    const end = create('span', 'log-end', this.filter, this.#platform, this.#tools);
    this.element = create(
      'div',
      'log-head',
      title,
      this.#count,
      this.#chips,
      this.#state,
      ...wholeLog,
      end,
      this.#status,
    );
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.#actions.focusRows();
    } else if (event.key === 'Escape' && this.filter.value !== '') {
      event.preventDefault();
      event.stopPropagation(); // outside of the filter, Esc stops waiting
      this.filter.value = '';
      this.#actions.setText('');
    }
  }

  /** Moves the focus to the filter for its key. */
  openFilter(event: KeyboardEvent): void {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.filter.select();
    this.filter.focus();
  }

  /** Shows the numbers of a log, or hides them and the tools if there is none. */
  show(counts: LogCounts | undefined, filter: LogFilter, state: string): void {
    setText(this.#state, state);
    for (const part of [this.#count, this.#chips, this.filter, this.#platform]) part.hidden = counts === undefined;
    for (const tool of this.#tools.querySelectorAll<HTMLElement>('[data-to]')) tool.hidden = counts === undefined;
    if (counts === undefined) return;
    const { messages, platform, shown } = counts;
    const all = messages + (filter.hasPlatform ? platform : 0);
    const isFiltered = filter.text !== '' || filter.levels.size > 0;
    setText(this.#count, isFiltered ? l10n.t('{0} of {1}', shown, entriesText(all)) : entriesText(all));
    this.#platform.hidden = platform === 0;
    this.#platform.setAttribute('aria-checked', String(filter.hasPlatform));
    setText(this.#platform, l10n.t('Platform {0}', platform));
    this.#showChips(counts, filter);
  }

  /** Tells screen readers how many entries match. */
  announceCount(): void {
    setText(this.#status, this.#count.textContent ?? '');
  }

  #showChips({ levels }: LogCounts, filter: LogFilter): void {
    const present = LEVELS.filter((level) => (levels[level] ?? 0) > 0 || filter.levels.has(level));
    // A level that all entries have filters nothing.
    const hasChip = (level: (typeof LEVELS)[number]) =>
      present.includes(level) && (present.length > 1 || level in LEVEL_ICONS);
    for (const level of LEVELS) {
      const chip = this.#chips.querySelector<HTMLElement>(`[data-level="${level}"]`) ?? this.#addChip(level);
      chip.hidden = !hasChip(level) && !filter.levels.has(level);
      chip.setAttribute('aria-pressed', String(filter.levels.has(level)));
      const count = String(levels[level] ?? 0);
      const text = chip.querySelector('.log-chip-text');
      if (text !== null) setText(text, LEVEL_ICONS[level] === undefined ? `${level} ${count}` : count);
      setName(chip, `${level} ${count}`);
    }
  }

  #addChip(level: LogLevel): HTMLElement {
    const name = LEVEL_ICONS[level];
    const chip = button(
      `log-chip ${level}`,
      ...(name === undefined ? [] : [icon(name)]),
      create('span', 'log-chip-text'),
    );
    chip.dataset['level'] = level;
    setTitle(chip, l10n.t('Show only {0}', level));
    chip.addEventListener('click', () => this.#actions.toggleLevel(level));
    this.#chips.append(chip);
    return chip;
  }
}
