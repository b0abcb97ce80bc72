/** What was looked up stays good for this long: an edit counts 0.4 s after the save at the latest. In milliseconds. */
const GOOD_MS = 320;
/** From this age on it is looked up again behind the answer, so that steady callers never wait. */
const EARLY_MS = 200;

export interface TimedCache<T> {
  /** What is known, at most a third of a second old. */
  readonly get: () => T | Promise<T>;
  /** What is there now. */
  readonly renew: () => Promise<T>;
}

/** Looks something up on the disk, and again when what is known is older than a third of a second. */
export function createTimedCache<T>(look: () => Promise<T>): TimedCache<T> {
  let known: { readonly value: T; readonly at: number } | undefined;
  let looking: Promise<T> | undefined;

  async function again(): Promise<T> {
    const at = performance.now(); // what is changed while it is looked up counts the next time
    try {
      const value = await look();
      known = { value, at };
      return value;
    } finally {
      looking = undefined;
    }
  }

  const get = () => {
    const age = known === undefined ? Infinity : performance.now() - known.at;
    if (age > EARLY_MS) looking ??= again();
    if (known === undefined || age > GOOD_MS) return looking ?? again();
    looking?.catch(() => undefined); // told to the next one who asks
    return known.value;
  };

  const renew = async () => {
    await looking?.catch(() => undefined); // begun before what is asked for
    return again();
  };
  return { get, renew };
}
