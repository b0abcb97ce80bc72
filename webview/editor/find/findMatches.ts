import type { Text } from '@codemirror/state';
import { findPattern, type FindQuery } from './findQuery.ts';

/** More matches than this aren't listed, as in VS Code. */
export const MAX_MATCHES = 20_000;
/** Characters that are searched at once, more if a line is longer. */
const PART = 262_144;

/** The ranges of matches in ascending order. Offsets in UTF-16 units. */
export interface FindMatches {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export interface FindState {
  readonly isOpen: boolean;
  readonly query: FindQuery;
  /** Empty after a change, until the text is searched again. */
  readonly matches: FindMatches;
  readonly isComplete: boolean;
}

/**
 * Finds the matches of a query within lines, a part of the text per step. Returns a step that adds to `matches` and
 * returns true at the end or with 20,000 matches.
 */
export function createFindStep(
  doc: Text,
  query: FindQuery,
  matches: { starts: number[]; ends: number[] },
): () => boolean {
  const pattern = findPattern(query);
  let from = 0;
  return () => {
    if (pattern === undefined || pattern === 'invalid') return true;
    const to = from + PART >= doc.length ? doc.length : doc.lineAt(from + PART).to;
    const part = doc.sliceString(from, to);
    pattern.lastIndex = 0;
    for (let match = pattern.exec(part); match !== null; match = pattern.exec(part)) {
      const [found] = match;
      if (found === '') pattern.lastIndex++;
      else if (!found.includes('\n')) {
        matches.starts.push(from + match.index);
        matches.ends.push(from + match.index + found.length);
        if (matches.starts.length >= MAX_MATCHES) return true;
      }
    }
    from = to + 1;
    return to >= doc.length;
  };
}

/** The index of the first match that starts at or after an offset. */
export function firstMatchFrom({ starts }: FindMatches, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
