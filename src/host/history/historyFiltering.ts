import * as vscode from 'vscode';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import {
  facetValues,
  isSelected,
  matchesFilter,
  type CountedValue,
  type FacetValue,
  type HistoryFacet,
  type HistoryFilter,
} from '../../core/history/historyFilter.ts';
import { HISTORY_FILTERED_CONTEXT } from '../contributions.ts';
import { askChoices } from '../ui/ask.ts';
import { verdictText } from '../ui/verdictText.ts';

const SEPARATOR = vscode.QuickPickItemKind.Separator;

function labelOf({ label }: FacetValue): string {
  return typeof label === 'string' ? label : verdictText(label);
}

function titleOf(facet: HistoryFacet): string {
  switch (facet) {
    case 'function':
      return vscode.l10n.t('Function');
    case 'preset':
      return vscode.l10n.t('Preset');
    case 'verdict':
      return vscode.l10n.t('Result');
    case 'connection':
      return vscode.l10n.t('Connection');
  }
}

/** The rows of the quick pick: a separator before the values of each facet. */
function rowsOf(values: readonly CountedValue[], filter: HistoryFilter) {
  return values.flatMap((value, index) => {
    const row = {
      label: labelOf(value),
      description: String(value.count),
      picked: isSelected(value, filter),
      value,
    };
    const isFirst = values[index - 1]?.facet !== value.facet;
    return isFirst ? [{ label: titleOf(value.facet), kind: SEPARATOR, value: undefined }, row] : [row];
  });
}

/** The filter of the history view. It isn't stored. */
export class HistoryFiltering {
  readonly #entries: () => readonly HistoryEntry[];
  readonly #onDidChange: () => void;
  #filter: HistoryFilter = [];

  constructor(entries: () => readonly HistoryEntry[], onDidChange: () => void) {
    this.#entries = entries;
    this.#onDidChange = onDidChange;
    void this.#setContext();
  }

  get isActive(): boolean {
    return this.#filter.length > 0;
  }

  /** The entries that the filter shows. */
  readonly shown = (): readonly HistoryEntry[] =>
    this.isActive ? this.#entries().filter((entry) => matchesFilter(entry, this.#filter)) : this.#entries();

  /** `3 of 100: hello, Timed out`. Empty without a filter, and if nothing matches, because the view has a text for this. */
  message(shown: number): string {
    if (shown === 0 || !this.isActive) return '';
    const values = this.#filter.map(labelOf).join(', ');
    return vscode.l10n.t('{0} of {1}: {2}', shown, this.#entries().length, values);
  }

  /** Prompts for the values to show. Selecting no values clears the filter. */
  async ask(): Promise<void> {
    const picked = await askChoices(rowsOf(facetValues(this.#entries(), this.#filter), this.#filter), {
      title: vscode.l10n.t('Filter History'),
      placeHolder: vscode.l10n.t('Select functions, presets, results, and connections to show'),
    });
    if (picked !== undefined) await this.#set(picked.flatMap(({ value }) => (value === undefined ? [] : [value])));
  }

  clear(): Promise<void> {
    return this.#set([]);
  }

  async #set(filter: HistoryFilter): Promise<void> {
    this.#filter = filter;
    await this.#setContext();
    this.#onDidChange();
  }

  async #setContext(): Promise<void> {
    await vscode.commands.executeCommand('setContext', HISTORY_FILTERED_CONTEXT, this.isActive);
  }
}
