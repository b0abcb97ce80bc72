/** The maximum age of a cached value in milliseconds, so that edits take effect within 0.4 s of saving. */
const MAX_AGE_MS = 320;
/** The age in milliseconds after which a value is refreshed in the background, so that frequent callers never wait. */
const REFRESH_AFTER_MS = 200;

export interface TimedCache<T> {
  /** The value, at most 320 ms old. */
  readonly get: () => T | Promise<T>;
  /** Loads the current value. */
  readonly refresh: () => Promise<T>;
}

/** Caches the result of `load` for 320 ms. Both functions reject when `load` does. */
export function createTimedCache<T>(load: () => Promise<T>): TimedCache<T> {
  let cached: { readonly value: T; readonly at: number } | undefined;
  let loading: Promise<T> | undefined;

  async function reload(): Promise<T> {
    const at = performance.now(); // the start: changes made during loading must be picked up by the next load
    try {
      const value = await load();
      cached = { value, at };
      return value;
    } finally {
      loading = undefined;
    }
  }

  const get = () => {
    const age = cached === undefined ? Infinity : performance.now() - cached.at;
    if (age > REFRESH_AFTER_MS) loading ??= reload();
    if (cached === undefined || age > MAX_AGE_MS) return loading ?? reload();
    loading?.catch(() => undefined); // reported once the cached value has expired
    return cached.value;
  };

  const refresh = async () => {
    await loading?.catch(() => undefined); // started before the change the caller wants to see
    return reload();
  };
  return { get, refresh };
}
