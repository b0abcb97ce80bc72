/** What one character of a text must be, or `*` for any characters. */
export type WildcardToken = '*' | ((character: string) => boolean);

/** The token for one literal character. */
export function literalToken(character: string): WildcardToken {
  return (other) => other === character;
}

/** Whether tokens match a whole text. Takes at most `tokens.length × text.length` steps. */
export function matchesTokens(tokens: readonly WildcardToken[], text: string): boolean {
  let at = 0;
  let index = 0;
  // Backtracking to the last `*` is enough: the text before it already has its shortest match.
  let star = -1;
  let starEnd = 0;
  while (at < text.length) {
    const token = tokens[index];
    if (token === '*') {
      star = index++;
      starEnd = at;
    } else if (token?.(text.charAt(at)) === true) {
      index++;
      at++;
    } else {
      if (star === -1) return false;
      index = star + 1;
      at = ++starEnd;
    }
  }
  while (tokens[index] === '*') index++;
  return index === tokens.length;
}
