/** How long the event loop may be blocked at a time, in milliseconds. */
const SLICE_MS = 10;

let sliceStart = -Infinity;

function nextSlice(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      sliceStart = performance.now();
      resolve();
    });
  });
}

/**
 * Resolves when the caller may block the event loop for a short time. All callers share a slice of 10 ms; then requests
 * are served first.
 */
export async function untilSlice(): Promise<void> {
  while (isSliceOver()) await nextSlice();
}

/** Whether to wait for the next slice. */
export function isSliceOver(): boolean {
  return performance.now() - sliceStart > SLICE_MS;
}

/** Calls `run` for each item, at most `limit` at a time, and returns the results in order. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  run: (item: T, index: number) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) {
      const result = run(items[index] as T, index);
      results[index] = result instanceof Promise ? await result : result;
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}
