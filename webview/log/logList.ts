import { RowHeights } from './rowHeights.ts';

/** The rows of the list. Positions start at 0. */
export interface RowSource {
  /** Creates the element of a row. */
  readonly row: (position: number) => HTMLElement;
  readonly isOpen: (position: number) => boolean;
  readonly canOpen: (position: number) => boolean;
  readonly setOpen: (position: number, isOpen: boolean) => void;
}

/** How many rows are rendered above and below the visible ones. */
const OVERSCAN = 12;

const isInteractive = (target: EventTarget | null) =>
  target instanceof Element && target.closest('summary, button, .link') !== null;

/** A list that renders only its visible rows, with keys as in a tree: arrows, Home, End, Page Up, Page Down, Enter. */
export class LogList {
  readonly #element: HTMLElement;
  readonly #source: RowSource;
  readonly #top = document.createElement('div');
  readonly #bottom = document.createElement('div');
  readonly #rows = new Map<number, HTMLElement>();
  readonly #heights = new RowHeights();
  readonly #resized = new ResizeObserver((changes) => this.#measure(changes));
  #count = 0;
  /** The row that has, or would get, the focus. */
  #active = 0;
  #frame = 0;

  constructor(element: HTMLElement, source: RowSource) {
    this.#element = element;
    this.#source = source;
    element.append(this.#top, this.#bottom);
    element.addEventListener('scroll', () => {
      this.#frame ||= requestAnimationFrame(() => this.render());
    });
    element.addEventListener('keydown', (event) => this.#onKey(event));
    element.addEventListener('click', (event) => this.#onClick(event));
    element.addEventListener('focusin', ({ target }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('.log-row') : null;
      if (row !== null) this.#activate(this.#positionOf(row));
    });
    new ResizeObserver(() => this.render()).observe(element);
  }

  /** Shows other rows, from the first one. */
  reset(): void {
    this.#element.scrollTop = 0;
    this.#active = 0;
    this.refresh();
  }

  /** Creates the visible rows again. */
  refresh(): void {
    const hadFocus = this.#element.contains(document.activeElement);
    this.#heights.clear();
    for (const position of this.#rows.keys()) this.#remove(position);
    this.render();
    if (hadFocus && !this.#element.contains(document.activeElement)) this.#element.focus({ preventScroll: true });
  }

  /** Sets the number of rows. Rows that exist stay the same. */
  setCount(count: number): void {
    this.#count = count;
    for (const position of this.#rows.keys()) if (position >= count) this.#remove(position);
    for (const row of this.#rows.values()) row.setAttribute('aria-setsize', String(count));
    this.render();
  }

  /** Removes the first rows. The others keep their places on the screen. `setCount` follows. */
  dropFirst(count: number): void {
    const { scrollTop } = this.#element;
    const removed = this.#heights.offset(count);
    for (const position of this.#rows.keys()) if (position < count) this.#remove(position);
    const rows = [...this.#rows];
    this.#rows.clear();
    for (const [position, row] of rows) {
      this.#rows.set(position - count, row);
      row.dataset['position'] = String(position - count);
      row.setAttribute('aria-posinset', String(position - count + 1));
    }
    this.#heights.dropFirst(count);
    this.#active = Math.max(0, this.#active - count);
    this.#element.scrollTop = Math.max(0, scrollTop - removed);
  }

  get isAtEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.#element;
    return scrollTop + clientHeight >= scrollHeight - this.#heights.base;
  }

  scrollToEnd(): void {
    this.#element.scrollTop = this.#element.scrollHeight;
    this.render();
  }

  /** Several rows are copied as they were written, and so is the row with the focus. */
  copy(event: ClipboardEvent, rawAt: (position: number) => string): void {
    const selection = document.getSelection();
    const isEmpty = selection === null || selection.isCollapsed;
    const positions = isEmpty ? [this.#focused ?? -1] : this.#selectedPositions(selection);
    const isPart = !isEmpty && positions.length < 2;
    if (isPart || positions.includes(-1)) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', positions.map(rawAt).join('\n'));
  }

  /** The positions of the rows that a selection touches. */
  #selectedPositions(selection: Selection): number[] {
    return [...this.#rows.entries()]
      .filter(([, row]) => selection.containsNode(row, true))
      .map(([position]) => position)
      .toSorted((a, b) => a - b);
  }

  /** The position of the row with the focus, if there is one. */
  get #focused(): number | undefined {
    const { activeElement } = document;
    return activeElement !== null && this.#rows.get(this.#active) === activeElement ? this.#active : undefined;
  }

  focus(position = this.#active): void {
    if (this.#count === 0) return;
    this.#activate(Math.max(0, Math.min(this.#count - 1, position)));
    const { scrollTop, clientHeight } = this.#element;
    const start = this.#heights.offset(this.#active);
    const end = this.#heights.offset(this.#active + 1);
    if (start < scrollTop) this.#element.scrollTop = start;
    else if (end > scrollTop + clientHeight) this.#element.scrollTop = Math.min(start, end - clientHeight);
    this.render();
    this.#focusRow(this.#active);
  }

  #focusRow(position: number): void {
    this.#rows.get(position)?.focus({ preventScroll: true });
  }

  render(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const total = this.#heights.offset(this.#count);
    if (this.#rows.size === 0) this.#bottom.style.height = `${total}px`; // gives the list its height
    const { scrollTop, clientHeight } = this.#element;
    const from = Math.max(0, this.#heights.positionAt(scrollTop) - OVERSCAN);
    const to = Math.min(this.#count, this.#heights.positionAt(scrollTop + clientHeight) + OVERSCAN);
    for (const position of this.#rows.keys()) if (position < from || position >= to) this.#remove(position);
    let previous: Element = this.#top;
    for (let position = from; position < to; position++) {
      const row = this.#rows.get(position) ?? this.#add(position, previous);
      previous = row;
    }
    this.#layOut(from, to);
    this.#measureBase();
  }

  #layOut(from: number, to: number): void {
    this.#top.style.height = `${this.#heights.offset(from)}px`;
    this.#bottom.style.height = `${this.#heights.offset(this.#count) - this.#heights.offset(to)}px`;
    this.#element.tabIndex = this.#rows.has(this.#active) || this.#count === 0 ? -1 : 0;
  }

  #measureBase(): void {
    for (const [position, row] of this.#rows) {
      if (this.#source.isOpen(position)) continue;
      const { height } = row.getBoundingClientRect();
      if (height === 0 || height === this.#heights.base) return;
      this.#heights.base = height;
      this.render();
      return;
    }
  }

  #add(position: number, previous: Element): HTMLElement {
    const row = this.#source.row(position);
    row.dataset['position'] = String(position);
    row.setAttribute('aria-posinset', String(position + 1));
    row.setAttribute('aria-setsize', String(this.#count));
    row.tabIndex = position === this.#active ? 0 : -1;
    previous.after(row);
    this.#rows.set(position, row);
    if (this.#source.isOpen(position)) {
      this.#heights.set(position, row.getBoundingClientRect().height);
      this.#resized.observe(row);
    }
    return row;
  }

  #remove(position: number): void {
    const row = this.#rows.get(position);
    if (row === undefined) return;
    const hadFocus = row.contains(document.activeElement);
    this.#resized.unobserve(row);
    row.remove();
    this.#rows.delete(position);
    // The keys continue from the row that scrolled away.
    if (hadFocus) this.#element.focus({ preventScroll: true });
  }

  #measure(changes: readonly ResizeObserverEntry[]): void {
    const changed = changes.filter(({ target }) => {
      if (!(target instanceof HTMLElement) || !target.isConnected) return false;
      return this.#heights.set(this.#positionOf(target), target.getBoundingClientRect().height);
    });
    if (changed.length > 0) this.render();
  }

  #positionOf(row: HTMLElement): number {
    return Number(row.dataset['position']);
  }

  #activate(position: number): void {
    const previous = this.#rows.get(this.#active);
    if (previous !== undefined) previous.tabIndex = -1;
    this.#active = position;
    const row = this.#rows.get(position);
    if (row !== undefined) row.tabIndex = 0;
    this.#element.tabIndex = row === undefined ? 0 : -1;
  }

  #open(position: number, isOpen: boolean): void {
    if (!this.#source.canOpen(position) || this.#source.isOpen(position) === isOpen) return;
    this.#source.setOpen(position, isOpen);
    const hadFocus = this.#rows.get(position)?.contains(document.activeElement) === true;
    const previous = this.#rows.get(position)?.previousElementSibling;
    this.#heights.reset(position);
    this.#remove(position);
    if (previous !== null && previous !== undefined) this.#add(position, previous);
    if (hadFocus) this.#focusRow(position);
    this.render();
  }

  #onClick({ target }: MouseEvent): void {
    const line = target instanceof Element ? target.closest<HTMLElement>('.log-line') : null;
    const row = line?.parentElement;
    if (row === null || row === undefined) return;
    // The end of a selection isn't a click.
    if (document.getSelection()?.isCollapsed === false) return;
    const position = this.#positionOf(row);
    this.#activate(position);
    this.#open(position, !this.#source.isOpen(position));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isInteractive(event.target)) return;
    const act = this.#keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  readonly #keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => this.focus(this.#active + 1),
    ArrowUp: () => this.focus(this.#active - 1),
    PageDown: () => this.focus(this.#active + this.#pageSize()),
    PageUp: () => this.focus(this.#active - this.#pageSize()),
    Home: () => this.focus(0),
    End: () => this.focus(this.#count - 1),
    ArrowRight: () => this.#open(this.#active, true),
    ArrowLeft: () => this.#open(this.#active, false),
    Enter: () => this.#open(this.#active, !this.#source.isOpen(this.#active)),
    ' ': () => this.#open(this.#active, !this.#source.isOpen(this.#active)),
  };

  #pageSize(): number {
    return Math.max(1, Math.floor(this.#element.clientHeight / this.#heights.base) - 1);
  }
}
