/** What `lazy` returns: calling it loads. */
export interface Lazy<T> {
  (): Promise<T>;
  /** What is loaded or being loaded; undefined before the first use and after a load that failed. */
  readonly current: Promise<T> | undefined;
}

/** Loads something at its first use, once. A load that fails is tried again at the next use. */
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
