/**
 * How a text differs from an earlier one: the text between the beginning and the end that both have. `start` and `end`
 * are the lengths of these, in UTF-16 units.
 */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Comparing blocks is much faster than comparing single characters. In UTF-16 units. */
const BLOCK_LENGTHS = [4096, 1];

function commonLength(max: number, isSame: (at: number, length: number) => boolean): number {
  let at = 0;
  for (const length of BLOCK_LENGTHS) while (at + length <= max && isSame(at, length)) at += length;
  return at;
}

/** The change that leads from one text to the other. A change of the empty text replaces any text. */
export function textChange(before: string, after: string): TextChange {
  const max = Math.min(before.length, after.length);
  const start = commonLength(max, (at, length) => before.slice(at, at + length) === after.slice(at, at + length));
  const fromEnd = (text: string, at: number, length: number) => text.slice(text.length - at - length, text.length - at);
  const isSameEnd = (at: number, length: number) => fromEnd(before, at, length) === fromEnd(after, at, length);
  const end = commonLength(max - start, isSameEnd);
  return { start, end, text: after.slice(start, after.length - end) };
}

/** The text after a change. */
export function changeText(before: string, { start, end, text }: TextChange): string {
  return before.slice(0, start) + text + before.slice(before.length - end);
}

/** Two changes that follow each other, as one change of the text before both. */
export function joinChanges(before: string, one: TextChange, next: TextChange): TextChange {
  const start = Math.min(one.start, next.start);
  const end = Math.min(one.end, next.end);
  const tail = before.slice(before.length - one.end, before.length - end);
  const between = before.slice(start, one.start) + one.text + tail;
  return { start, end, text: changeText(between, { ...next, start: next.start - start, end: next.end - end }) };
}
