import type { ChangeWatcher } from './changeWatcher.ts';
import { nextTurn } from './nextTurn.ts';
import { createWatchSet, type Watched, type WatchFolder, type WatchSet } from './watchSet.ts';

/** The limits for the age of a value, in milliseconds. A value that takes long to load is used longer. */
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

export interface WatchedCache<T> extends Watched {
  /** The value; a promise only if it has to be loaded. Rejects when `load` does. */
  readonly get: () => T | Promise<T>;
  /**
   * The value including every change made before the call. Loads it again unless changes are reported immediately.
   * Rejects when `load` does.
   */
  readonly refresh: () => Promise<T>;
  /** Like `refresh`, but without waiting for reports that are due. If not `isFresh`, a watched value is used as it is. */
  readonly renew: (isFresh: boolean) => T | Promise<T>;
  /** Ends the watches. */
  readonly close: () => void;
}

/** Reads the value of another cache, whose changes then are changes of the value that is being loaded. */
export type UseCache = <T>(source: WatchedCache<T>) => T | Promise<T>;

interface Pending<T> {
  readonly promise: Promise<T>;
  /** Whether values that it uses are read again unless their changes are reported immediately. */
  isFresh: boolean;
  watches?: WatchSet;
}

interface Loaded<T> {
  readonly value: T;
  /** The start of loading: changes made meanwhile must be noticed. */
  readonly at: number;
  readonly durationMs: number;
  readonly watches: WatchSet;
}

/**
 * Caches the result of `load` until something that it watched changes; then the next call loads it again. What can't be
 * watched is cached for 320 ms.
 */
export function createWatchedCache<T>(
  watcher: ChangeWatcher,
  load: (watch: WatchFolder, use: UseCache) => Promise<T>,
): WatchedCache<T> {
  let loaded: Loaded<T> | undefined;
  let pending: Pending<T> | undefined;
  let watchableAt = 0;
  let isClosed = false;
  const listeners = new Set<() => void>();
  const onDirty = () => {
    for (const listener of listeners) listener();
  };

  async function run(own: Pending<T>): Promise<T> {
    const at = performance.now();
    const watches = createWatchSet(watcher, onDirty);
    watches.isComplete = !isClosed && at >= watchableAt;
    own.watches = watches;
    const use: UseCache = (source) => {
      watches.include(source);
      return source.renew(own.isFresh);
    };
    try {
      const value = await load(watches.watch, use);
      if (!watches.isComplete && at >= watchableAt) watchableAt = at + RETRY_MS;
      watches.checkSources();
      loaded?.watches.end(); // only now, so that shared watches continue
      if (isClosed) watches.end();
      else loaded = { value, at, durationMs: performance.now() - at, watches };
      return value;
    } catch (error) {
      watches.end();
      throw error;
    } finally {
      if (pending === own) pending = undefined;
    }
  }

  /** Loads the value after the current load, which may have read it before the change that the caller wants to see. */
  function startLoad(isFresh: boolean): Promise<T> {
    if (pending !== undefined && pending.watches === undefined) {
      pending.isFresh ||= isFresh;
      return pending.promise; // hasn't begun to read
    }
    const previous = pending?.promise.catch(() => undefined) ?? Promise.resolve();
    const own: Pending<T> = { promise: previous.then(() => run(own)), isFresh };
    pending = own;
    return own.promise;
  }

  function limitsOf({ at, durationMs, watches }: Loaded<T>): AgeLimits {
    const { refreshAfterMs, maxAgeMs } = watches.isComplete && at >= watcher.reliableSince ? WATCHED : UNWATCHED;
    return {
      refreshAfterMs: Math.max(refreshAfterMs, durationMs),
      maxAgeMs: Math.max(maxAgeMs, 2 * durationMs),
    };
  }

  const get = () => {
    if (loaded !== undefined && !loaded.watches.isDirty) {
      if (watcher.isImmediate && loaded.watches.isComplete) return loaded.value;
      const { refreshAfterMs, maxAgeMs } = limitsOf(loaded);
      const age = performance.now() - loaded.at;
      // An error is reported by the load that follows when the value has expired.
      if (age > refreshAfterMs && pending === undefined) void startLoad(true).catch(() => undefined);
      if (age <= maxAgeMs) return loaded.value;
    }
    const isExpired = loaded?.watches.isDirty !== true;
    return pending === undefined || pending.watches?.isDirty === true ? startLoad(isExpired) : pending.promise;
  };

  const renew = (isFresh: boolean) => {
    const isReported = loaded?.watches.isComplete === true && (watcher.isImmediate || !isFresh);
    return isReported ? get() : startLoad(isFresh);
  };

  const refresh = async () => {
    await nextTurn();
    return renew(true);
  };

  const close = () => {
    isClosed = true;
    loaded?.watches.end();
    loaded = undefined;
  };
  const listen = (onChange: () => void) => {
    listeners.add(onChange);
    return () => void listeners.delete(onChange);
  };
  const isWatched = () => loaded?.watches.isComplete === true;
  const isDirty = () => loaded?.watches.isDirty !== false;
  return { get, refresh, renew, close, listen, isWatched, isDirty };
}
