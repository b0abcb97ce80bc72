/**
 * Wraps a read so that only the newest result is used: an earlier call that finishes later gets the newer result, so an
 * old state never replaces a newer one.
 */
export function newestOf<T>(read: () => Promise<T>): () => Promise<T> {
  let newest: Promise<T> | undefined;
  async function settle(current: Promise<T>): Promise<T> {
    try {
      const value = await current;
      if (newest === current || newest === undefined) return value;
    } catch (error) {
      if (newest === current || newest === undefined) throw error;
    }
    return settle(newest);
  }
  return () => {
    const current = read();
    newest = current;
    return settle(current);
  };
}

/** Detects overlapping calls: each call starts a turn and returns a check for whether that turn is still the newest. */
export function createTurns(): () => () => boolean {
  let last = 0;
  return () => {
    const turn = ++last;
    return () => turn === last;
  };
}
