/** What was looked up stays good for this long: an edit counts 0.4 s after the save at the latest. In milliseconds. */
const MAX_AGE_MS = 320;
/** From this age on it is looked up again behind the answer, so that steady callers never wait. */
const REFRESH_AFTER_MS = 200;

export interface TimedCache<T> {
  /** What is known, at most a third of a second old. */
  readonly get: () => T | Promise<T>;
  /** What is there now. */
  readonly refresh: () => Promise<T>;
}

/** Looks something up on the disk, and again when what is known is older than a third of a second. */
export function createTimedCache<T>(load: () => Promise<T>): TimedCache<T> {
  let cached: { readonly value: T; readonly at: number } | undefined;
  let loading: Promise<T> | undefined;

  async function reload(): Promise<T> {
    const at = performance.now(); // what is changed while it is looked up counts the next time
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
    loading?.catch(() => undefined); // told to the next one who asks
    return cached.value;
  };

  const refresh = async () => {
    await loading?.catch(() => undefined); // begun before what is asked for
    return reload();
  };
  return { get, refresh };
}
