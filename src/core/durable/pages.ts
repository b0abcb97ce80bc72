import { DURABLE_LIMITS } from './durableLimits.ts';
import type { Execution } from './execution.ts';
import { hasEnded, type HistoryEvent, type Operation } from './operation.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly NextMarker?: string;
}

/**
 * What a replay needs of the operations: not those in a context that has ended, unless the context asks for its children.
 */
export function replayOperations({ operations }: Execution): Operation[] {
  const hidden = new Set<string>();
  return [...operations.values()].filter(({ Id, ParentId }) => {
    const parent = ParentId === undefined ? undefined : operations.get(ParentId);
    if (parent === undefined) return true;
    const isHidden = hidden.has(parent.Id) || (hasEnded(parent) && parent.ContextDetails?.ReplayChildren !== true);
    if (isHidden) hidden.add(Id);
    return !isHidden;
  });
}

/** The operations that changed after a revision, in the order of their start. */
export function changedSince({ operations, revisions }: Execution, revision: number): Operation[] {
  return [...operations.values()].filter(({ Id }) => (revisions.get(Id) ?? 0) > revision);
}

/** A page of operations, limited by their number and their size in bytes. Undefined for an invalid marker. */
export function operationPage(
  operations: readonly Operation[],
  { marker, maxItems = DURABLE_LIMITS.page }: { readonly marker?: string; readonly maxItems?: number },
): Page<Operation> | undefined {
  const start = marker === undefined ? 0 : Number(marker);
  if (!Number.isInteger(start) || start < 0 || start > operations.length) return undefined;
  let end = start;
  for (let bytes = 0; end < operations.length && end - start < maxItems; end++) {
    // Characters, as most are one byte.
    bytes += JSON.stringify(operations[end]).length;
    if (end > start && bytes > DURABLE_LIMITS.pageBytes) break;
  }
  const items = operations.slice(start, end);
  return end < operations.length ? { items, NextMarker: String(end) } : { items };
}

/** Without the payloads of results, inputs, and errors. */
function withoutData(event: HistoryEvent): HistoryEvent {
  const key = `${event.EventType}Details` as const;
  const details = { ...event[key] };
  for (const field of ['Input', 'Result', 'Error']) if (field in details) details[field] = {};
  return { ...event, [key]: details };
}

interface HistoryOptions {
  readonly marker?: string;
  readonly maxItems?: number;
  readonly isReverse?: boolean;
  readonly hasData?: boolean;
}

/** A page of the history. Undefined for an invalid marker. */
export function historyPage(
  { events }: Pick<Execution, 'events'>,
  { marker, maxItems = 100, isReverse = false, hasData = false }: HistoryOptions,
): Page<HistoryEvent> | undefined {
  const start = marker === undefined ? 0 : Number(marker);
  if (!Number.isInteger(start) || start < 0) return undefined;
  // A marker is an ID of an event, because a running execution gets more events.
  const ordered = isReverse
    ? events.slice(0, marker === undefined ? undefined : start).reverse()
    : events.slice(Math.max(0, start - 1));
  const items = ordered.slice(0, maxItems);
  const next = ordered[maxItems];
  const page = hasData ? items : items.map(withoutData);
  return next === undefined ? { items: page } : { items: page, NextMarker: String(next.EventId) };
}
