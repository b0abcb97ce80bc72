import type { ChangeWatcher } from './changeWatcher.ts';
import { nextTurn } from './nextTurn.ts';
import { createWatchSet, type WatchFolder, type WatchSet } from './watchSet.ts';

/** The limits for the age of a value, in milliseconds. */
interface AgeLimits {
  /** Loads it again in the background, so that frequent callers never wait. */
  readonly refreshAfterMs: number;
  readonly maxAgeMs: number;
}

/** Without watches, changes take effect within 0.4 s. */
const UNWATCHED: AgeLimits = { refreshAfterMs: 200, maxAgeMs: 320 };
/** With watches that may lose events. */
const WATCHED: AgeLimits = { refreshAfterMs: 5000, maxAgeMs: Infinity };

/** The time until watching is tried again, in milliseconds. */
const RETRY_MS = 30_000;

export interface WatchedCache<T> {
  /** The value; a promise only if it has to be loaded. Rejects when `load` does. */
  readonly get: () => T | Promise<T>;
  /**
   * The value including every change made before the call. Loads it again unless changes are reported immediately.
   * Rejects when `load` does.
   */
  readonly refresh: () => Promise<T>;
  /** Ends the watches. */
  readonly close: () => void;
}

interface Pending<T> {
  readonly promise: Promise<T>;
  watches?: WatchSet;
}

interface Loaded<T> {
  readonly value: T;
  /** The start of loading: changes made meanwhile must be noticed. */
  readonly at: number;
  readonly watches: WatchSet;
}

/**
 * Caches the result of `load` until something that it watched changes; then the next call loads it again. What can't be
 * watched is cached for 320 ms.
 */
export function createWatchedCache<T>(
  watcher: ChangeWatcher,
  load: (watch: WatchFolder) => Promise<T>,
): WatchedCache<T> {
  let loaded: Loaded<T> | undefined;
  let pending: Pending<T> | undefined;
  let watchableAt = 0;
  let isClosed = false;

  async function run(own: Pending<T>): Promise<T> {
    const at = performance.now();
    const watches = createWatchSet(watcher);
    watches.isComplete = !isClosed && at >= watchableAt;
    own.watches = watches;
    try {
      const value = await load(watches.watch);
      if (!watches.isComplete && at >= watchableAt) watchableAt = at + RETRY_MS;
      loaded?.watches.end(); // only now, so that shared watches continue
      if (isClosed) watches.end();
      else loaded = { value, at, watches };
      return value;
    } catch (error) {
      watches.end();
      throw error;
    } finally {
      if (pending === own) pending = undefined;
    }
  }

  /** Loads the value after the current load, which may have read it before the change that the caller wants to see. */
  function startLoad(): Promise<T> {
    if (pending !== undefined && pending.watches === undefined) return pending.promise; // hasn't begun to read
    const previous = pending?.promise.catch(() => undefined) ?? Promise.resolve();
    const own: Pending<T> = { promise: previous.then(() => run(own)) };
    pending = own;
    return own.promise;
  }

  function limitsOf({ at, watches }: Loaded<T>): AgeLimits {
    return watches.isComplete && at >= watcher.reliableSince ? WATCHED : UNWATCHED;
  }

  const get = () => {
    if (loaded !== undefined && !loaded.watches.isDirty) {
      if (watcher.isImmediate && loaded.watches.isComplete) return loaded.value;
      const { refreshAfterMs, maxAgeMs } = limitsOf(loaded);
      const age = performance.now() - loaded.at;
      // An error is reported by the load that follows when the value has expired.
      if (age > refreshAfterMs && pending === undefined) void startLoad().catch(() => undefined);
      if (age <= maxAgeMs) return loaded.value;
    }
    return pending === undefined || pending.watches?.isDirty === true ? startLoad() : pending.promise;
  };

  const refresh = async () => {
    await nextTurn();
    return watcher.isImmediate && loaded?.watches.isComplete === true ? get() : startLoad();
  };

  const close = () => {
    isClosed = true;
    loaded?.watches.end();
    loaded = undefined;
  };
  return { get, refresh, close };
}
