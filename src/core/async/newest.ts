/**
 * A read of which only the newest counts: who asked earlier and is answered later gets the newer answer too, so that an
 * old state never replaces a newer one.
 */
export function newestOf<T>(read: () => Promise<T>): () => Promise<T> {
  let newest: Promise<T> | undefined;
  async function settle(own: Promise<T>): Promise<T> {
    try {
      const value = await own;
      if (newest === own || newest === undefined) return value;
    } catch (error) {
      if (newest === own || newest === undefined) throw error;
    }
    return settle(newest);
  }
  return () => {
    const own = read();
    newest = own;
    return settle(own);
  };
}

/** Numbers what overlaps: each call begins one, and its answer tells whether it is still the newest. */
export function createTurns(): () => () => boolean {
  let last = 0;
  return () => {
    const own = ++last;
    return () => own === last;
  };
}
