/** The maximum length of a cached text, in characters. Longer ones are computed each time. */
const MAX_TEXT = 1024;
const MAX_ENTRIES = 256;

/** Caches the results of a pure function of one text. Clients repeat most of what they send. */
export function memoize<T>(compute: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return (text) => {
    const cached = results.get(text);
    if (cached !== undefined) return cached;
    const result = compute(text);
    if (text.length > MAX_TEXT) return result;
    if (results.size >= MAX_ENTRIES) results.clear();
    results.set(text, result);
    return result;
  };
}
