/** The longest delay of a timer in milliseconds. With a longer one, `setTimeout` fires at once. */
const MAX_DELAY_MS = 2_147_483_647;

/** Calls `onTimeout` after `ms` milliseconds, even if that is more than 24 days. Returns a function that cancels it. */
export function longTimeout(onTimeout: () => void, ms: number): () => void {
  const delay = Math.min(ms, MAX_DELAY_MS);
  const timer = setTimeout(() => {
    if (ms > delay) cancel = longTimeout(onTimeout, ms - delay);
    else onTimeout();
  }, delay);
  let cancel = () => clearTimeout(timer);
  return () => cancel();
}
