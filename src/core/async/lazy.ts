/** A lazily loaded value. Call it to load. */
export interface Lazy<T> {
  (): Promise<T>;
  /** The loading or loaded value. Undefined before the first use and after a failed load. */
  readonly current: Promise<T> | undefined;
}

/** Loads a value on first use, once. A failed load is retried on the next use. */
export function lazy<T>(load: () => Promise<T>): Lazy<T> {
  let current: Promise<T> | undefined;
  function get(): Promise<T> {
    if (current !== undefined) return current;
    const loading = load();
    current = loading;
    loading.catch(() => {
      if (current === loading) current = undefined;
    });
    return loading;
  }
  return Object.defineProperty(get, 'current', { get: () => current }) as Lazy<T>;
}
