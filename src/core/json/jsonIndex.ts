import type { JsonCheckpoint } from './jsonLayout.ts';
import { jsonNodeAt, type JsonNode } from './jsonPath.ts';
import { readToken } from './jsonScan.ts';

/** The last checkpoint at or before an offset in the source or in the formatted text. */
function checkpointBefore(
  checkpoints: readonly JsonCheckpoint[],
  offset: number,
  side: 'offset' | 'shown',
): JsonCheckpoint | undefined {
  let low = 0;
  let high = checkpoints.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((checkpoints[middle]?.[side] ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return checkpoints[low - 1];
}

/**
 * The node at an offset of the formatted text, with its range in the source: both have the same tokens. `shownText` is the
 * formatted text from a position on.
 */
export function nodeAtShown(
  source: string,
  checkpoints: readonly JsonCheckpoint[],
  { offset, shownText }: { readonly offset: number; readonly shownText: (from: number, to: number) => string },
): JsonNode | undefined {
  const start = checkpointBefore(checkpoints, offset, 'shown');
  if (start === undefined) return undefined;
  // One more character, so that a token that starts at the offset is in it.
  const shown = shownText(start.shown, offset + 1);
  let at = start.offset;
  for (let sourceAt = at, shownAt = 0; ;) {
    const token = readToken(source, sourceAt);
    if (token === undefined || 'errorOffset' in token) break;
    const space = /\S/g;
    space.lastIndex = shownAt;
    if (!space.test(shown)) break;
    at = token.start;
    shownAt = space.lastIndex - 1 + token.end - token.start;
    if (start.shown + shownAt > offset) break;
    sourceAt = token.end;
  }
  return jsonNodeAt(source, at, start);
}

/** The node at an offset of the source. */
export function nodeAtSource(
  source: string,
  checkpoints: readonly JsonCheckpoint[],
  offset: number,
): JsonNode | undefined {
  const start = checkpointBefore(checkpoints, offset, 'offset');
  return start && jsonNodeAt(source, offset, start);
}

/** The start of the last known token at or before an offset of the source. */
export function tokenBefore(checkpoints: readonly JsonCheckpoint[], offset: number): number | undefined {
  return checkpointBefore(checkpoints, offset, 'offset')?.offset;
}
