interface Task<T> {
  readonly abort: AbortController;
  readonly result: Promise<T>;
  callers: number;
  isSettled: boolean;
}

export interface SharedTasks<T> {
  /**
   * Waits for the task with this key. The first caller starts it. When a caller's signal aborts, its promise rejects
   * with the signal's reason. The task's own signal aborts when the last caller has left.
   */
  join(key: string, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Aborts the task with this key for all callers. The next caller starts a new one. */
  cancel(key: string): void;
}

/**
 * Shares a running task between callers, by key. No caller can cancel it for the others. `lingerMs` keeps an abandoned
 * task running for the next caller, in milliseconds.
 */
export function createSharedTasks<T>({ lingerMs }: { readonly lingerMs?: number } = {}): SharedTasks<T> {
  const tasks = new Map<string, Task<T>>();

  function remove(key: string, task: Task<T>): void {
    if (tasks.get(key) === task) tasks.delete(key);
  }

  function abandon(key: string, task: Task<T>): void {
    if (task.callers > 0 || task.isSettled) return;
    remove(key, task);
    task.abort.abort();
  }

  function startTask(key: string, start: (signal: AbortSignal) => Promise<T>): Task<T> {
    const abort = new AbortController();
    const result = new Promise<T>((resolve) => resolve(start(abort.signal)));
    const task: Task<T> = { abort, result, callers: 0, isSettled: false };
    tasks.set(key, task);
    const settled = () => {
      task.isSettled = true;
      remove(key, task);
    };
    result.then(settled, settled); // avoids an unhandled rejection when every caller has left
    return task;
  }

  return {
    async join(key, start, signal) {
      signal?.throwIfAborted();
      const task = tasks.get(key) ?? startTask(key, start);
      task.callers++;
      let onAbort = () => undefined as void;
      const aborted = new Promise<never>((_, reject) => {
        onAbort = () => reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
        signal?.addEventListener('abort', onAbort, { once: true });
      });
      try {
        return await Promise.race([task.result, aborted]);
      } finally {
        signal?.removeEventListener('abort', onAbort);
        task.callers--;
        if (lingerMs === undefined) abandon(key, task);
        else setTimeout(() => abandon(key, task), lingerMs);
      }
    },
    cancel(key) {
      const task = tasks.get(key);
      tasks.delete(key);
      task?.abort.abort();
    },
  };
}
