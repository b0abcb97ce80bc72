import { byId } from '../dom.ts';

const TABS = { error: 'failure', http: 'http', response: 'response', details: 'details', log: 'log' } as const;

export type TabName = keyof typeof TABS;
const NAMES = Object.keys(TABS) as TabName[];

const tabOf = (name: TabName) => byId<HTMLButtonElement>(`tab-${name}`);

/** The tabs of the result and their panels. The arrow keys select, as in VS Code. */
export class Tabs {
  readonly #onSelect: (name: TabName, isUser: boolean) => void;
  #available: readonly TabName[] = [];
  #selected: TabName | undefined;

  constructor(onSelect: (name: TabName, isUser: boolean) => void) {
    this.#onSelect = onSelect;
    for (const name of NAMES) {
      tabOf(name).addEventListener('click', () => this.#choose(name));
      byId(TABS[name]).hidden = name !== 'log';
    }
    byId('result-tabs').addEventListener('keydown', (event) => this.#move(event));
  }

  get selected(): TabName | undefined {
    return this.#selected;
  }

  /** Shows these tabs. A single tab has no tab bar. */
  offer(names: readonly TabName[]): void {
    this.#available = NAMES.filter((name) => names.includes(name));
    for (const name of NAMES) tabOf(name).hidden = !this.#available.includes(name);
    byId('result-tabs').hidden = this.#available.length < 2;
  }

  /** Selects a tab, or the first one if it isn't offered. */
  select(name: TabName | undefined, isUser = false): void {
    const selected = name !== undefined && this.#available.includes(name) ? name : this.#available[0];
    if (selected === undefined) return;
    this.#selected = selected;
    for (const other of NAMES) {
      const isSelected = other === selected;
      tabOf(other).setAttribute('aria-selected', String(isSelected));
      tabOf(other).tabIndex = isSelected ? 0 : -1;
      // The log has its own place below the panels as long as it isn't a tab.
      const isShownAnyway = other === 'log' && !this.#available.includes('log');
      byId(TABS[other]).hidden = !isSelected && !isShownAnyway;
    }
    this.#onSelect(selected, isUser);
  }

  #choose(name: TabName): void {
    this.select(name, true);
  }

  #move(event: KeyboardEvent): void {
    const at = this.#selected === undefined ? 0 : this.#available.indexOf(this.#selected);
    const last = this.#available.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const next = this.#available[targets[event.key] ?? -1];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#choose(next);
    tabOf(next).focus();
  }
}
