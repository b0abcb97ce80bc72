/** The Levenshtein distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of from.split('').entries()) {
    const next = [i + 1];
    for (const [j, otherLetter] of to.split('').entries()) {
      const change = (row[j] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The most similar known word for a typo, ignoring case, or undefined. Up to a third of its letters may differ. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const maxDistance = (candidate: string) => Math.max(1, Math.floor(candidate.length / 3));
  const [nearest] = known
    // The length difference is a lower bound of the distance, so long words are skipped without comparing letters.
    .filter((candidate) => Math.abs(word.length - candidate.length) <= maxDistance(candidate))
    .map((candidate) => ({ candidate, changes: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, changes }) => changes <= maxDistance(candidate))
    .toSorted((a, b) => a.changes - b.changes);
  return nearest?.candidate;
}
