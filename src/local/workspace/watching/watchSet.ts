import { basename, dirname } from 'node:path';
import type { ChangeKind, ChangeWatcher, OnChange } from './changeWatcher.ts';

/** Whether an event of a folder's entry can change what was read. */
export type IsRelevant = (kind: ChangeKind, name: string) => boolean;

/** Watches a folder. To be called, and awaited, before the folder is read. Never rejects. */
export type WatchFolder = (folder: string, isRelevant: IsRelevant) => Promise<void>;

/** A value with watches of its own. */
export interface Watched {
  /** Calls the listener when something changes, until the returned function is called. */
  readonly listen: (onChange: () => void) => () => void;
  /** Whether the current value's changes are all noticed, and whether none has been noticed. */
  readonly isWatched: () => boolean;
  readonly isDirty: () => boolean;
}

/** The watches of everything that one value was read from. */
export interface WatchSet {
  readonly watch: WatchFolder;
  /** Includes the watches of another value, from now on. */
  readonly include: (source: Watched) => void;
  /** To be called when the values of all sources have been read. */
  readonly checkSources: () => void;
  /** Whether something has changed since it was watched. */
  readonly isDirty: boolean;
  /** Whether all changes are noticed. Otherwise no folder is watched. */
  isComplete: boolean;
  readonly end: () => void;
}

/** Starts without watches. `onDirty` is called with the first change. */
export function createWatchSet(watcher: ChangeWatcher, onDirty: () => void): WatchSet {
  let ends: (() => void)[] = [];
  let isDirty = false;
  let hasEnded = false;
  const sources = new Map<Watched, () => void>();

  function markDirty(): void {
    if (isDirty) return;
    isDirty = true;
    onDirty();
  }

  async function watch(folder: string, isRelevant: IsRelevant): Promise<void> {
    if (!set.isComplete || hasEnded) return;
    const onChange: OnChange = (kind, name) => {
      if (!isDirty && (name === undefined || isRelevant(kind, name))) markDirty();
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

  const set = {
    watch,
    include(source: Watched) {
      if (!hasEnded && !sources.has(source)) sources.set(source, source.listen(markDirty));
    },
    checkSources() {
      for (const source of sources.keys()) {
        if (!source.isWatched()) set.isComplete = false;
        if (source.isDirty()) markDirty();
      }
    },
    get isDirty() {
      return isDirty;
    },
    isComplete: true,
    end() {
      hasEnded = true;
      endAll();
      for (const end of sources.values()) end();
      sources.clear();
    },
  };
  return set;
}
