/** Recognizes events that were read before. */
export interface RecentIds {
  /** Adds an ID. Returns whether it's new. */
  add(id: string): boolean;
}

/** Remembers the last `max` IDs. Events are read in the order of their times, so duplicates are close together. */
export function createRecentIds(max = 20_000): RecentIds {
  const ids = new Set<string>();
  return {
    add(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > max) {
        const [oldest] = ids;
        if (oldest !== undefined) ids.delete(oldest);
      }
      return true;
    },
  };
}
