/**
 * Shares runs of a task by key. A run that has started may already have read files that were saved before a later call, so
 * calls during a run share the next one.
 */
export function createSharedRuns<T>(): (key: string, run: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  const waiting = new Map<string, Promise<T>>();

  function start(key: string, run: () => Promise<T>): Promise<T> {
    const current = run().finally(() => {
      if (running.get(key) === current) running.delete(key);
    });
    running.set(key, current);
    return current;
  }

  return (key, run) => {
    const next = waiting.get(key);
    if (next !== undefined) return next;
    const current = running.get(key);
    if (current === undefined) return start(key, run);
    const startNext = () => {
      waiting.delete(key);
      return start(key, run);
    };
    const following = current.then(startNext, startNext);
    waiting.set(key, following);
    return following;
  };
}
