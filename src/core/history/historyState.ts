import type { HistoryEntry } from './historyEntry.ts';

/** A change of the history. The history file has one on each line. */
export type HistoryOperation =
  | { readonly op: 'add'; readonly entry: HistoryEntry }
  | { readonly op: 'pin'; readonly ids: readonly string[]; readonly isPinned: boolean }
  | { readonly op: 'delete'; readonly ids: readonly string[] }
  | { readonly op: 'clear' };

/**
 * The entries by invocation ID, oldest first. Also contains the lines of newer versions, which stay in the file. The key of
 * such a line is the line itself.
 */
export type HistoryState = Map<string, HistoryEntry | string>;

/** The maximum number of entries that aren't pinned. */
export const MAX_ENTRIES = 1000;

/** The maximum number of payload files whose last entry stays beyond MAX_ENTRIES. */
const MAX_FILES = 100;

function withPin(entry: HistoryEntry, isPinned: boolean): HistoryEntry {
  const { isPinned: _, ...unpinned } = entry;
  return isPinned ? { ...unpinned, isPinned } : unpinned;
}

/** Applies a change. Applying it again changes nothing. */
export function applyOperation(state: HistoryState, operation: HistoryOperation): void {
  switch (operation.op) {
    case 'add': {
      const { entry } = operation;
      if (!state.has(entry.invocationId)) state.set(entry.invocationId, entry);
      return;
    }
    case 'pin':
      for (const id of operation.ids) {
        const entry = state.get(id);
        if (typeof entry === 'object') state.set(id, withPin(entry, operation.isPinned));
      }
      return;
    case 'delete':
      for (const id of operation.ids) if (typeof state.get(id) === 'object') state.delete(id);
      return;
    case 'clear':
      return state.clear();
  }
}

/** The entries, newest first. */
export function newestFirst(state: HistoryState): HistoryEntry[] {
  return [...state.values()].filter((entry) => typeof entry === 'object').toReversed();
}

/**
 * Removes the oldest entries. Keeps the latest 1,000 entries and those that are pinned, plus the last entry of up to 100
 * other payload files, so that a file that hasn't been used for long still remembers its function.
 */
export function removeOldest(state: HistoryState): void {
  if (state.size <= MAX_ENTRIES) return;
  const files = new Set<string>();
  let latest = 0;
  let lastOfFiles = 0;
  for (const { invocationId, invocation, isPinned = false } of newestFirst(state)) {
    const file = invocation.payload.kind === 'file' ? invocation.payload.uri : undefined;
    const isLast = file !== undefined && !files.has(file);
    if (isLast) files.add(file);
    if (isPinned) continue;
    if (latest < MAX_ENTRIES) latest++;
    else if (isLast && lastOfFiles < MAX_FILES) lastOfFiles++;
    else state.delete(invocationId);
  }
}
