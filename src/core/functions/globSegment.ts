import { literalToken, matchesTokens, type WildcardToken } from '../text/wildcardTokens.ts';

/** A set such as `[a-z0-9]` or `[!0-9]`, by the text between its brackets. */
function characterSet(text: string): (character: string) => boolean {
  const isNegated = text.startsWith('!') || text.startsWith('^');
  const members = isNegated ? text.slice(1) : text;
  return (character) => {
    for (let index = 0; index < members.length; index++) {
      const first = members.charAt(index);
      const last = members[index + 1] === '-' ? members[index + 2] : undefined;
      if (last !== undefined) index += 2;
      if (last === undefined ? character === first : character >= first && character <= last) return !isNegated;
    }
    return isNegated;
  };
}

function tokensOf(pattern: string): WildcardToken[] {
  const tokens: WildcardToken[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    const close = character === '[' ? pattern.indexOf(']', index + 2) : -1;
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else if (close === -1) tokens.push(literalToken(character));
    else {
      tokens.push(characterSet(pattern.slice(index + 1, close)));
      index = close;
    }
  }
  return tokens;
}

/**
 * Returns a function that matches names against one segment of a glob, with `*`, `?`, and `[…]`. Takes at most
 * `pattern.length × name.length` steps, because patterns come from the settings of a workspace.
 */
export function segmentMatcher(pattern: string): (name: string) => boolean {
  const tokens = tokensOf(pattern);
  return (name) => matchesTokens(tokens, name);
}
