import { describeConnection } from '../connection/connection.ts';
import { parseFunctionName } from '../functions/functionName.ts';
import { describeFunction } from '../invocation/invocation.ts';
import type { Verdict } from '../outcome/verdict.ts';
import type { HistoryEntry } from './historyEntry.ts';

/** The properties that the history can be filtered by. */
const HISTORY_FACETS = ['function', 'preset', 'verdict', 'connection'] as const;
export type HistoryFacet = (typeof HISTORY_FACETS)[number];

/** The value of an entry in a facet. */
export interface FacetValue {
  readonly facet: HistoryFacet;
  /** Equal for entries with the same value. */
  readonly key: string;
  /** The name of the value. A verdict is localized where it is shown. */
  readonly label: string | Verdict;
}

/** A value with the number of entries that have it. */
export interface CountedValue extends FacetValue {
  readonly count: number;
}

/** The selected values. An entry must have one of them in each facet with selected values. Empty: no filter. */
export type HistoryFilter = readonly FacetValue[];

/** The name of a function without its qualifier, account and region. */
function functionOf({ invocation }: HistoryEntry): string {
  return parseFunctionName(invocation.FunctionName)?.name ?? describeFunction(invocation);
}

/** The value of an entry in a facet. Undefined for an entry without a preset. */
export function facetValue(entry: HistoryEntry, facet: HistoryFacet): FacetValue | undefined {
  switch (facet) {
    case 'function': {
      const name = functionOf(entry);
      return { facet, key: name, label: name };
    }
    case 'preset': {
      const { preset } = entry;
      return preset && { facet, key: `${preset.store}#${preset.name}`, label: preset.name };
    }
    case 'verdict': {
      const { verdict } = entry;
      return { facet, key: `${verdict.label} ${verdict.statusCode ?? ''}`, label: verdict };
    }
    case 'connection': {
      const name = describeConnection(entry.connection);
      return { facet, key: name, label: name };
    }
  }
}

const isSame = (one: FacetValue, other: FacetValue) => one.facet === other.facet && one.key === other.key;

/**
 * The values of all entries by facet, the most frequent first. Selected values without entries come last, so that they can
 * be deselected.
 */
export function facetValues(entries: readonly HistoryEntry[], selected: HistoryFilter = []): CountedValue[] {
  return HISTORY_FACETS.flatMap((facet) => {
    const counts = new Map<string, CountedValue>();
    for (const entry of entries) {
      const value = facetValue(entry, facet);
      if (value !== undefined) counts.set(value.key, { ...value, count: (counts.get(value.key)?.count ?? 0) + 1 });
    }
    const gone = selected.filter((value) => value.facet === facet && !counts.has(value.key));
    const counted = [...counts.values()].toSorted((one, other) => other.count - one.count);
    return [...counted, ...gone.map((value) => ({ ...value, count: 0 }))];
  });
}

/** Whether a value is selected. */
export function isSelected(value: FacetValue, filter: HistoryFilter): boolean {
  return filter.some((selected) => isSame(selected, value));
}

/** Whether an entry has one of the selected values in each facet that has any. */
export function matchesFilter(entry: HistoryEntry, filter: HistoryFilter): boolean {
  return HISTORY_FACETS.every((facet) => {
    const selected = filter.filter((value) => value.facet === facet);
    if (selected.length === 0) return true;
    const value = facetValue(entry, facet);
    return value !== undefined && isSelected(value, selected);
  });
}

/** The error type of an entry: that of the function, or that of AWS. */
export function errorTypeOf({ outcome }: HistoryEntry): string | undefined {
  if (outcome.state === 'functionError') return outcome.functionError.type;
  return outcome.state === 'failed' ? outcome.exception?.name : undefined;
}
