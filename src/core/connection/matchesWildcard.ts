/**
 * Whether a pattern matches the whole of a text: `*` stands for any text, letter case doesn't matter. Takes at most `pattern.length × text.length` steps, however many stars the pattern has.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let next = 0;
  // Only the last star can take more: what an earlier one took is enough for the part behind it.
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
