/**
 * Up to this memory size in MB, the heap is limited while it grows, and the endpoint measures the memory. With more
 * memory, or where it can't be measured, V8 gets a limit when it starts, which makes the start 10 % slower: V8 then
 * can't use Node's code cache.
 */
const MAX_SMALL_MB = 512;

/** How far the heap of a small function grows before the next garbage collection, in percent. */
const GROWING_PERCENT = 30;

function isSmall(memorySize: number): boolean {
  return process.platform === 'linux' && memorySize <= MAX_SMALL_MB;
}

/** The flags to start Node.js with, for a memory size in MB. */
export function heapFlags(memorySize: number): string[] {
  return isSmall(memorySize) ? [] : [`--max-old-space-size=${memorySize}`];
}

/** A flag to set once Node.js has started, for a memory size in MB. */
export function heapFlagAfterStart(memorySize: number): string | undefined {
  return isSmall(memorySize) ? `--heap-growing-percent=${GROWING_PERCENT}` : undefined;
}
