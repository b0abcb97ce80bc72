/** The Levenshtein distance, or undefined if it exceeds `max`. */
function distance(from: string, to: string, max: number): number | undefined {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of from.split('').entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const change = (row[j] ?? 0) + (letter === to[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
    if (Math.min(...row) > max) return undefined;
  }
  const changes = row.at(-1) ?? 0;
  return changes > max ? undefined : changes;
}

/**
 * The known words that are most similar to a typo, ignoring case, best first. Up to a third of a word's letters may
 * differ. Words that differ by more letters than the best one aren't returned.
 */
export function nearestWords(word: string, known: readonly string[]): string[] {
  const typo = word.toLowerCase();
  const maxDistance = (candidate: string) => Math.max(1, Math.floor(candidate.length / 3));
  const near = known
    // The length difference is a lower bound of the distance, so long words are skipped without comparing letters.
    .filter((candidate) => Math.abs(word.length - candidate.length) <= maxDistance(candidate))
    .flatMap((candidate) => {
      const changes = distance(typo, candidate.toLowerCase(), maxDistance(candidate));
      return changes === undefined ? [] : [{ candidate, changes }];
    });
  const least = Math.min(...near.map(({ changes }) => changes));
  return near.filter(({ changes }) => changes === least).map(({ candidate }) => candidate);
}

/** The most similar known word for a typo, ignoring case, or undefined. Up to a third of its letters may differ. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  return nearestWords(word, known)[0];
}
