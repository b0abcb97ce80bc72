/** The shell's escape character. */
export type Escape = '\\' | '`';

/**
 * The offset after the closing parenthesis of a substitution such as `$( … )`, or the end of the text if it's unclosed.
 * `open` is the offset of the opening parenthesis. Runs in linear time.
 */
export function balancedEnd(text: string, open: number, escape: Escape): number {
  const closers: (')' | '"')[] = [];
  let at = open;
  do {
    const character = text[at];
    const isInText = closers.at(-1) === '"';
    if (character === escape) at++;
    else if (character === '"' && isInText) closers.pop();
    else if (character === '"') closers.push('"');
    else if (character === "'" && !isInText) {
      const quote = text.indexOf("'", at + 1);
      if (quote === -1) return text.length;
      at = quote;
    } else if (character === '(' && (!isInText || text[at - 1] === '$')) closers.push(')');
    else if (character === ')' && !isInText) closers.pop();
    at++;
  } while (closers.length > 0 && at < text.length);
  return Math.min(at, text.length);
}

/** The command inside `$(…)`, `<(…)`, `(…)` or backticks. Undefined for `$NAME` and similar. */
export function insideSubstitution(expansion: string): string | undefined {
  if (expansion.startsWith('`'))
    return expansion
      .slice(1)
      .replace(/`$/, '')
      .replaceAll(/\\([\\`$])/g, '$1');
  const open = expansion.indexOf('(');
  if (open === -1 || open > 1) return undefined;
  return expansion.slice(open + 1).replace(/\)$/, '');
}
