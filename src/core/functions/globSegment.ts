/** What one character of a name must be, or `*` for any characters. */
type Token = '*' | ((character: string) => boolean);

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

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    const close = character === '[' ? pattern.indexOf(']', index + 2) : -1;
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else if (close === -1) tokens.push((other) => other === character);
    else {
      tokens.push(characterSet(pattern.slice(index + 1, close)));
      index = close;
    }
  }
  return tokens;
}

/**
 * Returns whether a name matches one segment of a glob, with `*`, `?` and `[…]`. Takes at most `pattern.length ×
 * name.length` steps, because patterns come from the settings of a workspace.
 */
export function segmentMatcher(pattern: string): (name: string) => boolean {
  const tokens = tokensOf(pattern);
  return (name) => {
    let at = 0;
    let token = 0;
    // Backtracking to the last `*` is enough: the text before it already has its shortest match.
    let star = -1;
    let starEnd = 0;
    while (at < name.length) {
      const current = tokens[token];
      if (current === '*') {
        star = token++;
        starEnd = at;
      } else if (current?.(name.charAt(at)) === true) {
        token++;
        at++;
      } else {
        if (star === -1) return false;
        token = star + 1;
        at = ++starEnd;
      }
    }
    while (tokens[token] === '*') token++;
    return token === tokens.length;
  };
}
