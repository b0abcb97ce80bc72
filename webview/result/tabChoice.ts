import { savedLayout, saveLayout } from '../vscodeApi.ts';
import type { TabName } from './tabs.ts';

/** Results of a kind have the same tabs. */
export type ResultKind = 'error' | 'http' | 'response';

/** Remembers which tab the user selected for each kind of result, as long as the form is open. */
export class TabChoice {
  #chosen: Readonly<Partial<Record<ResultKind, TabName>>> = savedLayout().tabs ?? {};

  of(kind: ResultKind): TabName | undefined {
    return this.#chosen[kind];
  }

  set(kind: ResultKind, name: TabName): void {
    this.#chosen = { ...this.#chosen, [kind]: name };
    saveLayout({ tabs: this.#chosen });
  }
}
