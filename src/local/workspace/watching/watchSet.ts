import { basename, dirname } from 'node:path';
import type { ChangeKind, ChangeWatcher, OnChange } from './changeWatcher.ts';

/** Whether an event of a folder's entry can change what was read. */
export type IsRelevant = (kind: ChangeKind, name: string) => boolean;

/** Watches a folder. To be called, and awaited, before the folder is read. Never rejects. */
export type WatchFolder = (folder: string, isRelevant: IsRelevant) => Promise<void>;

/** The watches of everything that one value was read from. */
export interface WatchSet {
  readonly watch: WatchFolder;
  /** Whether something has changed since it was watched. */
  isDirty: boolean;
  /** Whether all changes are noticed. Otherwise nothing is watched. */
  isComplete: boolean;
  readonly end: () => void;
}

/** Starts without watches. */
export function createWatchSet(watcher: ChangeWatcher): WatchSet {
  let ends: (() => void)[] = [];
  let hasEnded = false;

  async function watch(folder: string, isRelevant: IsRelevant): Promise<void> {
    if (!set.isComplete || hasEnded) return;
    const onChange: OnChange = (kind, name) => {
      set.isDirty ||= name === undefined || isRelevant(kind, name);
    };
    const result = await watcher.watch(folder, onChange);
    if (result.kind === 'watched' && set.isComplete && !hasEnded) ends.push(result.end);
    else if (result.kind === 'watched') result.end();
    else if (result.kind === 'unreadable' && dirname(folder) !== folder) {
      // Its parent reports when its permissions change.
      await watch(dirname(folder), (_, name) => name === basename(folder));
    } else if (result.kind !== 'missing') {
      set.isComplete = false;
      endAll();
    }
  }

  function endAll(): void {
    for (const end of ends) end();
    ends = [];
  }

  const set: WatchSet = {
    watch,
    isDirty: false,
    isComplete: true,
    end() {
      hasEnded = true;
      endAll();
    },
  };
  return set;
}
