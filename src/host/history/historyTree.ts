import { groupByDay } from '../../core/history/historyDays.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { dayId, dayItem, entryRow, updateAge, type DayNode, type EntryRow, type NodeContext } from './historyNodes.ts';
import type { TimeTexts } from './historyTexts.ts';

interface HistoryTreeDependencies {
  /** The entries to show. */
  readonly entries: () => readonly HistoryEntry[];
  readonly isFiltered: () => boolean;
  readonly times: TimeTexts;
  /** In milliseconds since the epoch. */
  readonly now?: () => number;
}

/** The rows to refresh: all, some days with their rows, some rows, or none. */
type HistoryChange = 'all' | readonly (DayNode | EntryRow)[];

/** The rows of the history view. */
export class HistoryTree {
  readonly #dependencies: HistoryTreeDependencies;
  #days: DayNode[] = [];
  /** The rows of the entries, by invocation ID. */
  #rows = new Map<string, EntryRow>();

  constructor(dependencies: HistoryTreeDependencies) {
    this.#dependencies = dependencies;
  }

  get days(): readonly DayNode[] {
    return this.#days;
  }

  /** The current row of an entry. */
  readonly find = (invocationId: string): EntryRow | undefined => this.#rows.get(invocationId);

  /** The rows in the order in which they're shown. */
  get rows(): readonly EntryRow[] {
    return this.#days.flatMap(({ rows }) => rows);
  }

  /** Reads the entries again. Rows stay the same objects as long as their day does. */
  update(): HistoryChange {
    const context = this.#context();
    const previous = new Map(this.#days.map((day) => [day.id, day]));
    const groups = groupByDay(this.#dependencies.entries(), context.now);
    const changed: (DayNode | EntryRow)[] = [];
    const rows = new Map<string, EntryRow>();
    const days = groups.map((group, index) => {
      const id = dayId(group, context);
      const item = dayItem(group, index === 0, context);
      const known = previous.get(id);
      const day: DayNode = known ?? { kind: 'day', id, item, rows: [] };
      const isRelabelled = day.item.label !== item.label;
      day.item = item;
      const aged: EntryRow[] = [];
      const current = group.entries.map((entry) => {
        const row = this.#rows.get(entry.invocationId);
        if (row?.parent !== day) return entryRow(day, entry, context);
        row.entry = entry;
        if (updateAge(row, context)) aged.push(row);
        return row;
      });
      const isSame = current.length === day.rows.length && current.every((row, at) => row === day.rows[at]);
      day.rows = current;
      for (const row of current) rows.set(row.entry.invocationId, row);
      if (isRelabelled || !isSame) changed.push(day);
      else changed.push(...aged);
      return day;
    });
    const areSameDays = days.length === this.#days.length && days.every((day, at) => day === this.#days[at]);
    this.#days = days;
    this.#rows = rows;
    return areSameDays ? changed : 'all';
  }

  #context(): NodeContext {
    const { isFiltered, times, now = Date.now } = this.#dependencies;
    return { now: now(), times, isFiltered: isFiltered() };
  }
}
