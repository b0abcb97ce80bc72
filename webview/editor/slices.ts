/** Milliseconds that a slice may take, so that input and frames aren't delayed. */
const SLICE_MS = 10;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Continues in a new task. Unlike `setTimeout`, without a minimum delay. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}

/** Resolves after the next paint, or soon in a hidden page, which doesn't paint. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      void nextTask().then(resolve);
    });
  });
}

/**
 * Calls `step` until it returns true, in slices of 10 ms. Returns false if `isCurrent` returns false between two slices.
 */
export async function runInSlices(step: () => boolean, isCurrent: () => boolean): Promise<boolean> {
  for (;;) {
    const end = performance.now() + SLICE_MS;
    do if (step()) return true;
    while (performance.now() < end);
    await nextTask();
    if (!isCurrent()) return false;
  }
}
