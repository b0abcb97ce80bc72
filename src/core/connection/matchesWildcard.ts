/**
 * Whether a pattern matches a whole text, ignoring case. `*` matches any text. Takes at most `pattern.length ×
 * text.length` steps, however many wildcards the pattern has.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let next = 0;
  // Backtracking to the last `*` is enough: the text before it already has its shortest match.
  let star = -1;
  let taken = 0;
  while (at < given.length) {
    if (wanted[next] === '*') {
      star = next++;
      taken = at;
    } else if (wanted[next] === given[at]) {
      next++;
      at++;
    } else {
      if (star === -1) return false;
      next = star + 1;
      at = ++taken;
    }
  }
  while (wanted[next] === '*') next++;
  return next === wanted.length;
}
