/** Longer pauses are two clicks. Systems use 500 ms, and the events arrive later on a busy machine. In milliseconds. */
export const DOUBLE_CLICK_MS = 600;

/**
 * Returns a function that receives the row of each click on a button, and returns whether it follows one on the same row,
 * because a double click invokes once. Without a row, the command came from elsewhere.
 */
export function createButtonClicks(now = () => performance.now()): (row: string | undefined) => boolean {
  let last: { readonly row: string | undefined; readonly at: number } = { row: undefined, at: -Infinity };
  return (row) => {
    const isFollowing = row !== undefined && last.row === row && now() - last.at < DOUBLE_CLICK_MS;
    last = { row, at: now() };
    return isFollowing;
  };
}
