import * as l10n from '@vscode/l10n';
import type { LogLevel } from '../../src/core/logs/logEntry.ts';
import type { LogFilter } from '../../src/core/logs/logFilter.ts';
import type { FollowedText, FollowedView, FromFollowPage } from '../../src/protocol/followMessages.ts';
import { byId, create, setName, setText } from '../dom.ts';
import type * as bundle from '../result/index.ts';
import { savedState, saveState } from '../vscodeApi.ts';
import { FollowEntries, MAX_ENTRIES, type FollowEntry } from './followEntries.ts';

/** How often the rows are updated while texts arrive, in milliseconds. */
const UPDATE_MS = 100;

/** The additional width of the times, which are longer than in a result, and of the gap before a name. In characters. */
const WIDER_TIME = 4;
/** The maximum width of a name in characters, as in follow.css. */
const MAX_NAME = 24;

const padded = (value: number, digits: number) => String(value).padStart(digits, '0');

/** The local time of day. */
function clockTime(ms: number): string {
  const time = new Date(ms);
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()].map((value) => padded(value, 2));
  return `${parts.join(':')}.${padded(time.getMilliseconds(), 3)}`;
}

/** The rows of the followed logs. Stays at the end until the user scrolls up. */
export class FollowView {
  readonly #entries: FollowEntries;
  readonly #parts: typeof bundle;
  readonly #head: bundle.LogHead;
  readonly #rows = create('div', 'log-rows');
  readonly #list: bundle.LogList;
  readonly #columns: bundle.RowColumns;
  readonly #toEnd = byId('to-end');
  #names = new Map<number, string>();
  #work: bundle.SlicedWork | undefined;
  #timer: number | undefined;
  #isAtEnd = true;
  /** The number of rows when the user scrolled up. */
  #seen = 0;
  #emptyText = '';

  constructor(root: HTMLElement, parts: typeof bundle, post: (message: FromFollowPage) => void) {
    this.#parts = parts;
    const hasPlatform = savedState().hasPlatformLines === true;
    this.#entries = new FollowEntries(parts, { levels: new Set(), text: '', hasPlatform });
    this.#head = new parts.LogHead(
      {
        toggleLevel: (level) => this.#toggleLevel(level),
        togglePlatform: () => this.#togglePlatform(),
        setText: (text) => this.#setFilter({ text }),
        focusRows: () => this.#list.focus(0),
      },
      [
        parts.logTool('copy', l10n.t('Copy Log'), () => post({ type: 'copy', text: this.#text() })),
        parts.logTool('save', l10n.t('Save Log…'), () => post({ type: 'save', text: this.#text() })),
        parts.logTool('clear', l10n.t('Clear'), () => this.#clear()),
      ],
    );
    this.#rows.id = 'log-rows';
    this.#rows.setAttribute('role', 'tree');
    setName(this.#rows, l10n.t('Log'));
    this.#list = new parts.LogList(this.#rows, {
      row: (position) => this.#row(position, post),
      isOpen: (position) => this.#entries.isOpen(position),
      canOpen: (position) =>
        this.#entries.isOpen(position) || parts.canExpand(this.#entries.at(position).entry, this.#columns.count),
      setOpen: (position, isOpen) => this.#entries.setOpen(position, isOpen),
    });
    this.#columns = new parts.RowColumns(
      this.#rows,
      () => this.#list.refresh(),
      () => this.#otherColumns,
    );
    this.#rows.addEventListener('copy', (event) =>
      this.#list.copy(event, (position) => this.#entries.at(position).entry.raw),
    );
    this.#rows.addEventListener('scroll', () => this.#setAtEnd(this.#list.isAtEnd));
    root.addEventListener('keydown', (event) => this.#head.openFilter(event));
    this.#toEnd.addEventListener('click', () => {
      this.#setAtEnd(true);
      this.#list.focus(this.#entries.shownCount - 1);
      this.#list.scrollToEnd();
    });
    root.replaceChildren(this.#head.element, this.#rows, this.#empty, this.#columns.probe);
    this.#update();
  }

  readonly #empty = create('p', 'empty log-empty');

  /** The functions, and what to show while there are no rows. */
  setFunctions(functions: readonly FollowedView[], emptyText: string): void {
    const hadSeveral = this.#names.size > 1;
    for (const { id, name } of functions) this.#names.set(id, name);
    const longest = Math.max(0, ...functions.map(({ name }) => name.length));
    this.#rows.style.setProperty('--name-width', `${Math.min(MAX_NAME, longest)}ch`);
    this.#emptyText = emptyText;
    if (this.#names.size > 1 !== hadSeveral) this.#list.refresh();
    this.#update();
  }

  add(texts: readonly FollowedText[]): void {
    this.#entries.add(texts);
    if (!this.#entries.isPaused) this.#run();
  }

  get isEmpty(): boolean {
    return this.#entries.count === 0;
  }

  /** How many texts have arrived since the log was paused. */
  get heldCount(): number {
    return this.#entries.heldCount;
  }

  get isPaused(): boolean {
    return this.#entries.isPaused;
  }

  togglePaused(): void {
    if (this.#entries.isPaused) {
      this.#entries.resume();
      this.#run();
    } else this.#entries.isPaused = true;
  }

  #toggleLevel(level: LogLevel): void {
    const levels = new Set(this.#entries.filter.levels);
    if (!levels.delete(level)) levels.add(level);
    this.#setFilter({ levels });
  }

  #togglePlatform(): void {
    const hasPlatform = !this.#entries.filter.hasPlatform;
    saveState({ hasPlatformLines: hasPlatform });
    this.#setFilter({ hasPlatform });
  }

  #setFilter(change: Partial<LogFilter>): void {
    this.#entries.setFilter(change);
    this.#list.setCount(0);
    this.#list.reset();
    this.#run(true);
  }

  #clear(): void {
    this.#entries.clear();
    this.#list.setCount(0);
    this.#setAtEnd(true);
    this.#update();
  }

  /** Parses and filters in slices. */
  #run(isAnnounced = false): void {
    this.#work?.stop();
    this.#work = this.#parts.runInSlices(this.#entries.steps(), (isDone) => {
      this.#timer ??= window.setTimeout(() => this.#update(), UPDATE_MS);
      if (!isDone || !isAnnounced) return;
      this.#update();
      this.#head.announceCount();
    });
  }

  #update(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = this.#entries;
    const dropped = entries.trim();
    if (dropped > 0) {
      this.#list.dropFirst(dropped);
      this.#seen = Math.max(0, this.#seen - dropped);
    }
    const { levels, platform, shownCount: shown, filter } = entries;
    const counts = { levels, messages: entries.count - platform, platform, shown };
    const note = entries.hasDropped ? l10n.t('Older entries were dropped. The maximum is {0}.', MAX_ENTRIES) : '';
    this.#head.show(counts, filter, note);
    const hasLevels = Object.keys(levels).length > 0 || (filter.hasPlatform && platform > 0);
    this.#rows.classList.toggle('without-levels', !hasLevels);
    const isFiltered = filter.text !== '' || filter.levels.size > 0;
    const text = isFiltered && entries.count > 0 ? l10n.t('No matching entries.') : this.#emptyText;
    setText(this.#empty, text);
    this.#empty.hidden = shown > 0;
    this.#list.setCount(shown);
    if (this.#isAtEnd) this.#list.scrollToEnd();
    this.#showToEnd();
  }

  #setAtEnd(isAtEnd: boolean): void {
    if (this.#isAtEnd && !isAtEnd) this.#seen = this.#entries.shownCount;
    this.#isAtEnd = isAtEnd;
    this.#showToEnd();
  }

  #showToEnd(): void {
    const more = this.#entries.shownCount - this.#seen;
    setText(this.#toEnd, more > 0 ? l10n.t('Jump to End ({0} new)', more) : l10n.t('Jump to End'));
    this.#toEnd.hidden = this.#isAtEnd || this.#entries.shownCount === 0;
  }

  get #otherColumns(): number {
    return WIDER_TIME + (this.#names.size > 1 ? MAX_NAME : 0);
  }

  #row(position: number, post: (message: FromFollowPage) => void): HTMLElement {
    const { entry, id, time } = this.#entries.at(position);
    const name = this.#names.size > 1 ? { name: this.#names.get(id) ?? '' } : {};
    const context = {
      origin: undefined,
      time: clockTime(time),
      wanted: this.#entries.filter.text,
      frames: new Map(),
      columns: this.#columns.count,
      useJson: (text: string, isLocal: boolean) => post({ type: 'useJson', id, text, isLocal }),
      ...name,
    };
    return this.#parts.logRow(entry, context, this.#entries.isOpen(position));
  }

  /** The rows as they were written, after the name of the function if there are several. */
  #text(): string {
    const prefix = ({ id }: FollowEntry) => (this.#names.size > 1 ? `${this.#names.get(id) ?? ''}: ` : '');
    return [...this.#entries.shown()].map((one) => `${prefix(one)}${one.entry.raw}\n`).join('');
  }
}
