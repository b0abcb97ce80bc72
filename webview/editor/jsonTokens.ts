/** A token to color. Offsets in the scanned text. */
export interface ColoredToken {
  readonly kind: 'name' | 'string' | 'number' | 'boolean';
  readonly start: number;
  readonly end: number;
}

/** The offset after a string, or the end of the text. */
function stringEnd(text: string, start: number): number {
  const stop = /["\\]/g;
  for (stop.lastIndex = start + 1; stop.test(text);) {
    if (text[stop.lastIndex - 1] === '"') return stop.lastIndex;
    stop.lastIndex++;
  }
  return text.length;
}

/** The tokens of a part of JSON that starts at a token. */
export function* coloredTokens(text: string): Generator<ColoredToken> {
  const first = /["\w-]/g;
  const scalar = /[\w.+-]*/y;
  for (let at = 0; ;) {
    first.lastIndex = at;
    if (!first.test(text)) return;
    const start = first.lastIndex - 1;
    const character = text[start] ?? '';
    if (character === '"') {
      at = stringEnd(text, start);
      yield { kind: /^[ \t]*:/.test(text.slice(at, at + 8)) ? 'name' : 'string', start, end: at };
    } else {
      scalar.lastIndex = start;
      scalar.test(text);
      at = Math.max(start + 1, scalar.lastIndex);
      yield { kind: /[a-z]/.test(character) ? 'boolean' : 'number', start, end: at };
    }
  }
}
